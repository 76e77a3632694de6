# Persian. Viewers are addressed as «شما», others are «بینندگان».

player = پخش‌کنندهٔ ویدیو
controls = کنترل‌های پخش

play = پخش
pause = مکث
replay = پخش دوباره
loading = در حال بار شدن
mute = بی‌صدا
unmute = صدادار
volume = بلندی صدا
seek = جای پخش
position = { $at } از { $of }
behindLive = { $time } عقب‌تر از پخش زنده
live = زنده
goLive = رفتن به پخش زنده
fullscreen = تمام‌صفحه
leaveFullscreen = خروج از تمام‌صفحه
pictureInPicture = تصویر در تصویر

captions = زیرنویس
captionsOff = خاموش
captionTrack = شیار { $n }
settings = تنظیمات
quality = کیفیت
auto = خودکار
autoNow = خودکار ({ $now })
automatic = { $language } (ساختهٔ خودکار)
audio = صدا
close = بستن

peers = بینندگان دیگر
peersNow =
    { $n ->
        [0] هم‌رسانی با بینندگان دیگر
        [one] متصل به { $n } بینندهٔ دیگر
       *[other] متصل به { $n } بینندهٔ دیگر
    }
panelTitle = تماشای باهم
share = هم‌رسانی با بینندگان دیگر
sharing-off = هم‌رسانی خاموش است. همه‌چیز از سرور می‌آید.
sharing-asking = بدون اجازهٔ شما چیزی هم‌رسانی نمی‌شود. همه‌چیز از سرور می‌آید.
sharing-unverifiable = برای این ویدیو جمع‌آزما منتشر نشده، پس چیزی از بینندگان دیگر گرفته نمی‌شود. همه‌چیز از سرور می‌آید.
sharing-unlisted = سرور برای این ویدیو گروهی از بینندگان نام نمی‌برد. همه‌چیز از سرور می‌آید.
sharing-alone = اکنون کس دیگری در دسترس نیست. همه‌چیز از سرور می‌آید.
sharing-active = اکنون کس دیگری متصل نیست.
sharedBy =
    { $peers ->
        [one] شما و { $peers } بینندهٔ دیگر به هم کمک می‌کنید.
       *[other] شما و { $peers } بینندهٔ دیگر به هم کمک می‌کنید.
    } { $share } آنچه دیده‌اید از آنجا آمده است.
stopped = هم‌رسانی را متوقف کرده‌اید. همه‌چیز از سرور می‌آید.
fromServer = از سرور
fromPeers = از بینندگان دیگر
toPeers = به بینندگان دیگر
chart = ترافیک دقیقهٔ گذشته: از سرور، از بینندگان دیگر و به بینندگان دیگر
swarmMap = نقشهٔ گروه
sendingNow = اکنون برای شما می‌فرستند
receivingNow = اکنون از شما می‌گیرند

p2pWarning = کسانی که هم‌زمان با شما تماشا می‌کنند می‌توانند نشانی IP شما را بدانند.
watchOn = تماشا در { $host }

passwordTitle = این ویدیو گذرواژه می‌خواهد
passwordWrong = درست نبود. دوباره امتحان کنید.
password = گذرواژه
watch = تماشا

sensitiveTitle = برای همه نیست
sensitive = ناشر می‌گوید که محتوا حساس است.
sensitiveViolent = خشونت نشان می‌دهد.
sensitiveExplicit = محتوای جنسی آشکار دارد.

consentTitle = هم‌رسانی با بینندگان دیگر؟
consentText = آن‌گاه بینندگان پاره‌های ویدیو را به یکدیگر می‌دهند. آن‌ها و ردیاب می‌توانند نشانی IP شما را ببینند.
allow = اجازه دادن
notNow = الان نه

retry = تلاش دوباره
errorTitle-origin = سرور ویدیو پاسخ درستی نداد
errorTitle-peer = بینندگان دیگر چیزی ندادند
errorTitle-media = این ویدیو پخش‌شدنی نیست
errorTitle-browser = این صفحه نمی‌تواند ویدیو را پخش کند
errorTitle-player = پخش‌کننده از کار افتاد
errorCode = کد: { $name }

playlist = فهرست پخش
itemOf = { $n } از { $of }
next = بعدی
previous = قبلی
watched = { $share } دیده شده
shuffle = پخش درهم
round = تکرار فهرست
find = جستجو در این فهرست
found =
    { $n ->
        [one] { $n } ویدیو پیدا شد
       *[other] { $n } ویدیو پیدا شد
    }
nextIn = بعدی تا { $time } دیگر
playNow = اکنون پخش شود
cancel = لغو
unavailable = در دسترس نیست
playing = در حال پخش { $n } از { $of }: { $title }
skipped = رد شد، در دسترس نیست: { $title }
untitled = ویدیوی { $n }
playlistEmpty = این فهرست ویدیویی ندارد.
playlistFailed = فهرست پخش بار نشد.

standing-waiting-0 = این پخش زنده هنوز آغاز نشده است
standing-waiting-1 = همین‌جا خودبه‌خود آغاز می‌شود.
standing-pausing-0 = این پخش زنده اکنون قطع است
standing-pausing-1 = وقتی ادامه یابد، اینجا هم خودبه‌خود ادامه می‌یابد.
standing-ended-0 = این پخش زنده تمام شد
standing-ended-1 = از تماشای شما سپاسگزاریم. اگر ویدیو شود، همین‌جا خواهد بود.
standing-transcoding-0 = این ویدیو در حال آماده شدن است
standing-transcoding-1 = وقتی آماده شود، همین‌جا خواهد بود.
standing-blocked-0 = این ویدیو مسدود شده است
standing-blocked-1 = تصمیم با ناظران سایت آن بوده است.
standing-unavailable-0 = این ویدیو در دسترس نیست
standing-unavailable-1 = سایت آن نتوانست آماده‌اش کند.
begins = آغاز: { $date }.
beginsIn = آغاز تا { $time } دیگر.
beginsNow = باید هر لحظه آغاز شود.
fromElsewhere = این ویدیو از { $host } می‌آید که می‌تواند نشانی IP شما را ببیند.
faster = سرعت دوبرابر
forth = { $time } جلو
backBy = { $time } عقب
chapters = فصل‌ها
chapter = فصل { $n }
shareVideo = هم‌رسانی این ویدیو
pictureMenu = این ویدیو
shareTitle = هم‌رسانی
loop = پخش پیاپی
copyLink = رونوشت پیوند
copyLinkAt = رونوشت پیوند در { $time }
copyEmbed = رونوشت کد جاسازی
shareMore = هم‌رسانی…
shareLink = پیوند
startAt = آغاز از { $time }
wholeList = همهٔ فهرست، از این ویدیو
embedFrame = کد جاسازی: قاب
embedTag = کد جاسازی: برچسب
copy = رونوشت
copied = رونوشت شد
copyByKeys = این صفحه اجازهٔ رونوشت ندارد. متن برگزیده شده: { $keys } را بفشارید.
copyByTouch = این صفحه اجازهٔ رونوشت ندارد. متن برگزیده شده: انگشت را روی آن نگه دارید و رونوشت را برگزینید.
shareWithApp = هم‌رسانی با یک برنامه
nothingToShare = این ویدیو نشانی‌ای برای هم‌رسانی ندارد.

fault-missing = در این نشانی چیزی نیست.
fault-refused = سرور از دادن آن خودداری کرد.
fault-unreachable = سرور پاسخ نمی‌دهد.
fault-incomplete = بخشی از پخش‌کننده بار نشد.
fault-unsupported = این مرورگر نمی‌تواند این ویدیو را پخش کند.
fault-hindered = تنظیمات این صفحه جلوی کار پخش‌کننده را می‌گیرد.
fault-damaged = ویدیو آسیب دیده یا به شکلی ناخواناست.
fault-unreadable = فهرست آسیب دیده یا به شکلی ناخواناست.
fault-locked = ویدیو محافظت‌شده است و اینجا باز نمی‌شود.
fault-stuck = پخش پیش نمی‌رود.
fault-crashed = در پخش‌کننده خطایی درونی رخ داد.
fault-elsewhere = صاحب این ویدیو نمایش آن را در این سایت اجازه نمی‌دهد.
fault-members = این ویدیو تنها برای اعضای نمونهٔ خودش است.
fault-forbidden = این ویدیو را نمی‌توان اینجا دید.
fault-no-video = چنین ویدیویی در این نمونه نیست.
fault-no-playlist = چنین فهرستی در این نمونه نیست.
fault-video-gone = این ویدیو حذف شده است.
fault-playlist-gone = این فهرست حذف شده است.
fault-too-often = درخواست‌های بسیاری از شبکهٔ شما آمده است.
fault-trouble = این نمونه اکنون مشکل دارد.
fault-waiting = این پخش زنده هنوز آغاز نشده است.
fault-over = این پخش زنده تمام شده است.
fault-blocked = این ویدیو در نمونهٔ خودش مسدود شده است.
fault-unprepared = نمونه نتوانست این ویدیو را آماده کند.
fault-preparing = این ویدیو هنوز در حال آماده شدن است.

hint-address = شاید برداشته شده باشد، یا نشانی نادرست باشد.
hint-later = شاید تلاش دوباره در زمانی دیگر کمک کند.
hint-connection = شاید اتصال شما قطع شده باشد. شاید تلاش دوباره در زمانی دیگر کمک کند.
hint-reload = شاید بار کردن دوبارهٔ صفحه کمک کند.
hint-browser = شاید در مرورگری دیگر یا نسخه‌ای تازه‌تر پخش شود.
hint-site = گردانندگان این سایت می‌توانند آن را تغییر دهند.
hint-publisher = ناشر می‌تواند آن را درست کند.
hint-there = شاید بتوان آن را در نمونهٔ خودش دید.
hint-instance = تصمیم با نمونهٔ خودش است.
hint-soon = همین که آماده شود پخش می‌شود.
hint-replay = شاید به‌صورت ویدیو بازگردد.

# What is opened on purpose.
back = بازگشت
speed = سرعت
normal = عادی
look-title = ظاهر زیرنویس
look-size = اندازهٔ متن
look-font = قلم
look-ink = رنگ متن
look-inkShare = ماتی متن
look-ground = رنگ پس‌زمینه
look-groundShare = ماتی پس‌زمینه
look-window = رنگ کادر
look-windowShare = ماتی کادر
look-edge = لبهٔ حروف
look-reset = بازنشانی
fonts-sans = بدون سریف
fonts-serif = با سریف
fonts-mono = هم‌عرض
fonts-casual = خودمانی
fonts-script = دست‌نویس
fonts-capitals = حروف بزرگ کوچک‌شده
colours-white = سفید
colours-yellow = زرد
colours-green = سبز
colours-cyan = فیروزه‌ای
colours-blue = آبی
colours-magenta = سرخابی
colours-red = قرمز
colours-black = سیاه
edges-none = هیچ
edges-shadow = سایه
edges-raised = برجسته
edges-depressed = فرورفته
edges-outline = خط دور
statistics = آمار
figures-frame = پخش‌کننده
figures-quality = تصویر
figures-frames = فریم‌ها: نمایش، افتاده
figures-codecs = کدک‌ها
figures-buffer = بارشده از پیش
figures-throughput = سرعت کارساز
figures-latency = عقب‌تر از زنده
figures-begin = نخستین تصویر پس از
figures-stalls = وقفه‌ها
figures-peers = بینندگان متصل
figures-segments = قطعه‌ها: کارساز، بینندگان، ردشده
figures-version = نسخه
keys = میان‌برهای صفحه‌کلید
does-play = پخش یا مکث
does-short = ۵ ثانیه عقب یا جلو
does-long = ۱۰ ثانیه عقب یا جلو
does-volume = بلندتر یا آهسته‌تر
does-mute = قطع یا وصل صدا
does-captions = خاموش یا روشن کردن زیرنویس
does-fullscreen = تمام‌صفحه
does-pip = تصویر در تصویر
does-theatre = نمای پهن
does-tenths = یک‌دهم ویدیو
does-ends = به آغاز یا پایان
does-speed = کندتر یا تندتر
does-frame = یک فریم عقب یا جلو، هنگام مکث
does-chapter = فصل پیشین یا بعدی
does-item = ویدیوی پیشین یا بعدی
does-help = همین فهرست
theatre = نمای پهن
popOut = باز کردن در پنجرهٔ جدا
limit = بیشینهٔ بارگذاری
report = گزارش این ویدیو
reportTo = گزارش شما به گردانندگان { $who } می‌رسد. آن‌ها دربارهٔ این ویدیو تصمیم می‌گیرند.
reportThere = صفحهٔ ویدیو در { $time } باز می‌شود. آنجا «گزارش» را در فهرست زیر تصویر می‌یابید. بنویسید چه چیزی نادرست است و چه زمانی دیده می‌شود.
reportOpen = رفتن به { $who }
search-field = جست‌وجوی ویدیو
search-go = جست‌وجو
search-filters = پالایه‌ها
search-any = همه
search-language = زبان
search-licence = پروانه
search-length = طول
search-lengths-short = کمتر از ۴ دقیقه
search-lengths-medium = ۴ تا ۲۰ دقیقه
search-lengths-long = بیش از ۲۰ دقیقه
search-live = پخش زنده
search-onAir = اکنون زنده
search-recorded = غیر زنده
search-order = ترتیب
search-best = مرتبط‌ترین
search-newest = تازه‌ترین‌ها نخست
search-sensitiveToo = ویدیوهای حساس نیز
search-sensitive = حساس
search-searching = در حال جست‌وجو…
search-none = ویدیویی پیدا نشد.
search-failed = جست‌وجو ناموفق بود.
search-more = ویدیوهای بیشتر
foundVideos = 
    { $n ->
        [one] { $n } ویدیو پیدا شد
       *[other] { $n } ویدیو پیدا شد
    }
anotherScreen = پخش روی صفحه‌ای دیگر
onAnotherScreen = در حال پخش روی صفحه‌ای دیگر
