# Arabic, modern standard. Buttons are verbal nouns, as players have them; others are «مشاهدون».

player = مشغّل الفيديو
controls = عناصر التحكم

play = تشغيل
pause = إيقاف مؤقت
replay = إعادة التشغيل
loading = جارٍ التحميل
mute = كتم الصوت
unmute = إلغاء كتم الصوت
volume = مستوى الصوت
seek = موضع التشغيل
position = { $at } من { $of }
behindLive = متأخر عن البث المباشر { $time }
live = مباشر
goLive = الانتقال إلى البث المباشر
fullscreen = ملء الشاشة
leaveFullscreen = إنهاء ملء الشاشة
pictureInPicture = صورة داخل صورة

captions = الترجمة
captionsOff = إيقاف
captionTrack = المسار { $n }
settings = الإعدادات
quality = الجودة
auto = تلقائية
autoNow = تلقائية ({ $now })
automatic = { $language } (أُنشئت تلقائيًا)
audio = الصوت
close = إغلاق

peers = مشاهدون آخرون
peersNow =
    { $n ->
        [0] المشاركة مع مشاهدين آخرين
        [one] متصل بمشاهد آخر
        [two] متصل بمشاهدَين آخرَين
        [few] متصل بـ { $n } مشاهدين آخرين
        [many] متصل بـ { $n } مشاهدًا آخر
       *[other] متصل بـ { $n } مشاهد آخر
    }
panelTitle = المشاهدة معًا
share = المشاركة مع مشاهدين آخرين
sharing-off = المشاركة متوقفة. كل شيء يأتي من الخادم.
sharing-asking = لا يُشارَك شيء دون إذنك. كل شيء يأتي من الخادم.
sharing-unverifiable = لم تُنشر لهذا الفيديو قيم للتحقق، لذا لا يؤخذ شيء من مشاهدين آخرين. كل شيء يأتي من الخادم.
sharing-unlisted = لا يذكر الخادم مجموعة مشاهدين لهذا الفيديو. كل شيء يأتي من الخادم.
sharing-alone = لا يمكن الوصول إلى أحد آخر الآن. كل شيء يأتي من الخادم.
sharing-active = لا أحد آخر متصل الآن.
sharedBy =
    { $peers ->
        [zero] لا مشاهد آخر يساعدك الآن.
        [one] أنت ومشاهد آخر تتساعدان.
        [two] أنت ومشاهدان آخران تتساعدون.
        [few] أنت و{ $peers } مشاهدين آخرين تتساعدون.
        [many] أنت و{ $peers } مشاهدًا آخر تتساعدون.
       *[other] أنت و{ $peers } مشاهد آخر تتساعدون.
    } ومن هناك جاء { $share } مما شاهدته.
stopped = لقد أوقفت المشاركة. كل شيء يأتي من الخادم.
fromServer = من الخادم
fromPeers = من مشاهدين آخرين
toPeers = إلى مشاهدين آخرين
chart = حركة البيانات في الدقيقة الأخيرة: من الخادم، ومن مشاهدين آخرين، وإليهم
swarmMap = خريطة السرب
sendingNow = يرسلون إليك الآن
receivingNow = يستقبلون منك الآن

p2pWarning = قد يعرف من يشاهد هذا معك عنوان IP الخاص بك.
watchOn = المشاهدة على { $host }

passwordTitle = هذا الفيديو يتطلب كلمة مرور
passwordWrong = كلمة المرور غير صحيحة. حاول مرة أخرى.
password = كلمة المرور
watch = مشاهدة

sensitiveTitle = ليس للجميع
sensitive = يقول الناشر إن هذا محتوى حساس.
sensitiveViolent = يعرض عنفًا.
sensitiveExplicit = فيه مشاهد جنسية صريحة.

consentTitle = المشاركة مع مشاهدين آخرين؟
consentText = عندئذ يمرّر المشاهدون أجزاء من الفيديو بعضهم إلى بعض. ويمكنهم هم والمتعقّب رؤية عنوان IP الخاص بك.
allow = السماح
notNow = ليس الآن

retry = إعادة المحاولة
errorTitle-origin = لم يرسل خادم الفيديو ما طُلب
errorTitle-peer = لم يرسل المشاهدون الآخرون ما طُلب
errorTitle-media = لا يمكن تشغيل هذا الفيديو
errorTitle-browser = لا تستطيع هذه الصفحة تشغيل الفيديو
errorTitle-player = تعطّل المشغّل
errorCode = الرمز: { $name }

playlist = قائمة التشغيل
itemOf = { $n } من { $of }
next = التالي
previous = السابق
watched = شوهد منه { $share }
shuffle = ترتيب عشوائي
round = تكرار قائمة التشغيل
find = البحث في هذه القائمة
found =
    { $n ->
        [zero] لم يُعثر على شيء
        [one] عُثر على مقطع واحد
        [two] عُثر على مقطعين
        [few] عُثر على { $n } مقاطع
        [many] عُثر على { $n } مقطعًا
       *[other] عُثر على { $n } مقطع
    }
nextIn = التالي خلال { $time }
playNow = تشغيل الآن
cancel = إلغاء
unavailable = غير متاح
playing = يُعرض { $n } من { $of }: { $title }
skipped = تم التخطي لعدم توفره: { $title }
untitled = الفيديو { $n }
playlistEmpty = لا توجد فيديوهات في هذه القائمة.
playlistFailed = تعذّر تحميل قائمة التشغيل.

standing-waiting-0 = لم يبدأ هذا البث المباشر بعد
standing-waiting-1 = سيبدأ هنا من تلقاء نفسه.
standing-pausing-0 = هذا البث المباشر متوقف الآن
standing-pausing-1 = حين يُستأنف، سيُستأنف هنا من تلقاء نفسه.
standing-ended-0 = انتهى هذا البث المباشر
standing-ended-1 = شكرًا على المشاهدة. إن صار فيديو فستجده هنا.
standing-transcoding-0 = هذا الفيديو قيد التجهيز
standing-transcoding-1 = حين يجهز ستجده هنا.
standing-blocked-0 = حُظر هذا الفيديو
standing-blocked-1 = قرر ذلك مشرفو موقعه.
standing-unavailable-0 = هذا الفيديو غير متاح
standing-unavailable-1 = لم يتمكن موقعه من تجهيزه.
begins = البداية: { $date }.
beginsIn = يبدأ بعد { $time }.
beginsNow = يُفترض أن يبدأ في أي لحظة.
fromElsewhere = يأتي هذا الفيديو من { $host }، الذي يمكنه رؤية عنوان IP الخاص بك.
faster = سرعة مضاعفة
forth = { $time } إلى الأمام
backBy = { $time } إلى الخلف
chapters = الفصول
chapter = الفصل { $n }
shareVideo = مشاركة هذا الفيديو
pictureMenu = هذا الفيديو
shareTitle = مشاركة
loop = تشغيل متكرر
copyLink = نسخ الرابط
copyLinkAt = نسخ الرابط عند { $time }
copyEmbed = نسخ رمز التضمين
shareMore = مشاركة…
shareLink = الرابط
startAt = البدء عند { $time }
wholeList = القائمة كلها، بدءًا من هذا الفيديو
embedFrame = رمز التضمين: إطار
embedTag = رمز التضمين: وسم
copy = نسخ
copied = تم النسخ
copyByKeys = لا يمكن لهذه الصفحة النسخ. النص محدد: اضغط { $keys }.
copyByTouch = لا يمكن لهذه الصفحة النسخ. النص محدد: اضغط عليه مطولًا ثم اختر «نسخ».
shareWithApp = مشاركة عبر تطبيق
nothingToShare = ليس لهذا الفيديو عنوان يمكن مشاركته.

fault-missing = لا يوجد شيء في هذا العنوان.
fault-refused = رفض الخادم الإرسال.
fault-unreachable = الخادم لا يستجيب.
fault-incomplete = تعذّر تحميل جزء من المشغّل.
fault-unsupported = لا يستطيع هذا المتصفح تشغيل هذا الفيديو.
fault-hindered = إعدادات هذه الصفحة تمنع المشغّل من العمل.
fault-damaged = الفيديو تالف أو بصيغة لا يمكن قراءتها.
fault-unreadable = القائمة تالفة أو بصيغة لا يمكن قراءتها.
fault-locked = الفيديو محمي ولا يمكن فتحه هنا.
fault-stuck = التشغيل لا يتقدم.
fault-crashed = حدث خطأ داخلي في المشغّل.
fault-elsewhere = لا يسمح مالك هذا الفيديو بعرضه في هذا الموقع.
fault-members = هذا الفيديو لأعضاء خادمه فقط.
fault-forbidden = لا يمكن مشاهدة هذا الفيديو هنا.
fault-no-video = لا يوجد هذا الفيديو على هذا الخادم.
fault-no-playlist = لا توجد هذه القائمة على هذا الخادم.
fault-video-gone = حُذف هذا الفيديو.
fault-playlist-gone = حُذفت هذه القائمة.
fault-too-often = وصلت طلبات كثيرة جدًا من شبكتك.
fault-trouble = يواجه الخادم مشكلة في الوقت الحالي.
fault-waiting = لم يبدأ هذا البث المباشر بعد.
fault-over = انتهى هذا البث المباشر.
fault-blocked = حُظر هذا الفيديو على خادمه.
fault-unprepared = لم يتمكن الخادم من تجهيز هذا الفيديو.
fault-preparing = ما زال هذا الفيديو قيد التجهيز.

hint-address = ربما أُزيل، أو أن العنوان خاطئ.
hint-later = قد تفيد المحاولة لاحقًا.
hint-connection = ربما انقطع اتصالك. قد تفيد المحاولة لاحقًا.
hint-reload = قد تفيد إعادة تحميل الصفحة.
hint-browser = ربما يعمل في متصفح آخر أو في إصدار أحدث.
hint-site = يستطيع القائمون على هذا الموقع تغيير ذلك.
hint-publisher = يستطيع ناشره إصلاح ذلك.
hint-there = ربما يمكن مشاهدته على خادمه الأصلي.
hint-instance = القرار في ذلك لخادمه.
hint-soon = سيبدأ التشغيل عند الجاهزية.
hint-replay = ربما يعود في صورة فيديو.

# What is opened on purpose.
back = رجوع
speed = السرعة
normal = عادية
look-title = مظهر الترجمة
look-size = حجم النص
look-font = الخط
look-ink = لون النص
look-inkShare = عتامة النص
look-ground = لون الخلفية
look-groundShare = عتامة الخلفية
look-window = لون الإطار
look-windowShare = عتامة الإطار
look-edge = حواف الحروف
look-reset = استعادة
fonts-sans = بلا زوائد
fonts-serif = بزوائد
fonts-mono = ثابت العرض
fonts-casual = عفوي
fonts-script = يدوي
fonts-capitals = أحرف كبيرة صغيرة
colours-white = أبيض
colours-yellow = أصفر
colours-green = أخضر
colours-cyan = سماوي
colours-blue = أزرق
colours-magenta = أرجواني
colours-red = أحمر
colours-black = أسود
edges-none = بلا
edges-shadow = ظل
edges-raised = بارزة
edges-depressed = غائرة
edges-outline = محددة
statistics = إحصاءات
figures-frame = المشغل
figures-quality = الصورة
figures-frames = الإطارات: معروضة، مُسقطة
figures-codecs = برامج الترميز
figures-buffer = محمّل مسبقًا
figures-throughput = سرعة الخادم
figures-latency = التأخر عن البث
figures-begin = أول صورة بعد
figures-stalls = انقطاعات
figures-peers = مشاهدون متصلون
figures-segments = المقاطع: الخادم، المشاهدون، مرفوضة
figures-version = الإصدار
keys = اختصارات لوحة المفاتيح
does-play = تشغيل أو إيقاف مؤقت
does-short = 5 ثوانٍ إلى الخلف أو الأمام
does-long = 10 ثوانٍ إلى الخلف أو الأمام
does-volume = رفع الصوت أو خفضه
does-mute = كتم الصوت أو تشغيله
does-captions = إخفاء الترجمة أو إظهارها
does-fullscreen = ملء الشاشة
does-pip = صورة داخل صورة
does-theatre = عرض واسع
does-tenths = عُشر الفيديو
does-ends = إلى البداية أو النهاية
does-speed = أبطأ أو أسرع
does-frame = إطار إلى الخلف أو الأمام، عند التوقف
does-chapter = الفصل السابق أو التالي
does-item = الفيديو السابق أو التالي
does-help = هذه القائمة
theatre = عرض واسع
popOut = فتح في نافذة مستقلة
limit = أقصى رفع
report = الإبلاغ عن هذا الفيديو
reportTo = يصل بلاغك إلى القائمين على { $who }. وهم من يقرر مصير الفيديو.
reportThere = تُفتح صفحة الفيديو عند { $time }. ستجد هناك «إبلاغ» في القائمة أسفل الصورة. اذكر ما المشكلة ومتى تظهر.
reportOpen = الانتقال إلى { $who }
search-field = البحث عن فيديوهات
search-go = بحث
search-filters = عوامل التصفية
search-any = الكل
search-language = اللغة
search-licence = الرخصة
search-length = المدة
search-lengths-short = أقل من 4 دقائق
search-lengths-medium = من 4 إلى 20 دقيقة
search-lengths-long = أكثر من 20 دقيقة
search-live = البث المباشر
search-onAir = مباشر الآن
search-recorded = غير مباشر
search-order = الترتيب
search-best = الأكثر صلة
search-newest = الأحدث أولًا
search-sensitiveToo = الفيديوهات الحساسة أيضًا
search-sensitive = حساس
search-searching = جارٍ البحث…
search-none = لم يُعثر على أي فيديو.
search-failed = تعذّر البحث.
search-more = المزيد من الفيديوهات
foundVideos = 
    { $n ->
        [zero] لم يُعثر على شيء
        [one] عُثر على مقطع واحد
        [two] عُثر على مقطعين
        [few] عُثر على { $n } مقاطع
        [many] عُثر على { $n } مقطعًا
       *[other] عُثر على { $n } مقطع
    }
anotherScreen = التشغيل على شاشة أخرى
onAnotherScreen = يُشغَّل على شاشة أخرى
