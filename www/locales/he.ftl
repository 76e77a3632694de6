# Hebrew. Buttons are verbal nouns, viewers are addressed without a gender where possible; others are „צופים”.

player = נגן וידאו
controls = פקדי הנגן

play = הפעלה
pause = השהיה
replay = הפעלה מחדש
loading = טעינה
mute = השתקה
unmute = ביטול ההשתקה
volume = עוצמת הקול
seek = מיקום
position = { $at } מתוך { $of }
behindLive = { $time } אחרי השידור החי
live = שידור חי
goLive = מעבר לשידור החי
fullscreen = מסך מלא
leaveFullscreen = יציאה ממסך מלא
pictureInPicture = תמונה בתוך תמונה

captions = כתוביות
captionsOff = כבויות
captionTrack = ערוץ { $n }
settings = הגדרות
quality = איכות
auto = אוטומטית
autoNow = אוטומטית ({ $now })
automatic = { $language } (נוצרו אוטומטית)
audio = שמע
close = סגירה

peers = צופים אחרים
peersNow =
    { $n ->
        [0] שיתוף עם צופים אחרים
        [one] חיבור עם צופה אחר
        [two] חיבור עם שני צופים אחרים
       *[other] חיבור עם { $n } צופים אחרים
    }
panelTitle = צופים יחד
share = שיתוף עם צופים אחרים
sharing-off = השיתוף כבוי. הכול מגיע מהשרת.
sharing-asking = שום דבר לא משותף בלי רשותך. הכול מגיע מהשרת.
sharing-unverifiable = לסרטון הזה לא פורסמו סכומי ביקורת, ולכן שום דבר לא נלקח מצופים אחרים. הכול מגיע מהשרת.
sharing-unlisted = השרת לא מציין קבוצת צופים לסרטון הזה. הכול מגיע מהשרת.
sharing-alone = כרגע אין עם מי ליצור קשר. הכול מגיע מהשרת.
sharing-active = כרגע אף אחד אחר לא מחובר.
sharedBy =
    { $peers ->
        [one] עזרה הדדית בינך לבין צופה אחר.
        [two] עזרה הדדית בינך לבין שני צופים אחרים.
       *[other] עזרה הדדית בינך לבין { $peers } צופים אחרים.
    } משם הגיעו { $share } ממה שנצפה.
stopped = השיתוף הופסק. הכול מגיע מהשרת.
fromServer = מהשרת
fromPeers = מצופים אחרים
toPeers = אל צופים אחרים
chart = התעבורה בדקה האחרונה: מהשרת, מצופים אחרים ואל צופים אחרים
swarmMap = מפת הנחיל
sendingNow = שולחים אליך עכשיו
receivingNow = מקבלים ממך עכשיו

p2pWarning = מי שצופה בו־זמנית יכול לגלות את כתובת ה־IP שלך.
watchOn = לצפייה ב־{ $host }

passwordTitle = לסרטון הזה נדרשת סיסמה
passwordWrong = הסיסמה לא נכונה. אפשר לנסות שוב.
password = סיסמה
watch = צפייה

sensitiveTitle = לא לכל אחד
sensitive = לדברי המפרסם זה תוכן רגיש.
sensitiveViolent = יש בו אלימות.
sensitiveExplicit = יש בו תוכן מיני מפורש.

consentTitle = לשתף עם צופים אחרים?
consentText = הצופים מעבירים אז זה לזה חלקים מהסרטון. הם והטראקר יכולים לראות את כתובת ה־IP שלך.
allow = לאפשר
notNow = לא עכשיו

retry = ניסיון נוסף
errorTitle-origin = השרת של הסרטון לא סיפק אותו
errorTitle-peer = צופים אחרים לא סיפקו דבר
errorTitle-media = אי אפשר להפעיל את הסרטון הזה
errorTitle-browser = הדף הזה לא יכול להפעיל את הסרטון
errorTitle-player = הנגן נכשל
errorCode = קוד: { $name }

playlist = רשימת הפעלה
itemOf = { $n } מתוך { $of }
next = הבא
previous = הקודם
watched = נצפו { $share }
shuffle = סדר אקראי
round = חזרה על הרשימה
find = חיפוש ברשימה הזו
found =
    { $n ->
        [one] נמצא סרטון אחד
        [two] נמצאו שני סרטונים
       *[other] נמצאו { $n } סרטונים
    }
nextIn = הבא בעוד { $time }
playNow = הפעלה עכשיו
cancel = ביטול
unavailable = לא זמין
playing = מופעל { $n } מתוך { $of }: { $title }
skipped = דילוג, לא זמין: { $title }
untitled = סרטון { $n }
playlistEmpty = אין סרטונים ברשימה הזאת.
playlistFailed = לא ניתן היה לטעון את רשימת ההפעלה.

standing-waiting-0 = השידור החי הזה עוד לא התחיל
standing-waiting-1 = הוא יתחיל כאן מעצמו.
standing-pausing-0 = השידור החי הזה מופסק כרגע
standing-pausing-1 = כשיימשך, יימשך גם כאן מעצמו.
standing-ended-0 = השידור החי הזה הסתיים
standing-ended-1 = תודה על הצפייה. אם יהפוך לסרטון, הוא יהיה כאן.
standing-transcoding-0 = הסרטון הזה בהכנה
standing-transcoding-1 = כשיהיה מוכן, הוא יהיה כאן.
standing-blocked-0 = הסרטון הזה נחסם
standing-blocked-1 = כך החליטו המנחים של האתר שלו.
standing-unavailable-0 = הסרטון הזה לא זמין
standing-unavailable-1 = האתר שלו לא הצליח להכין אותו.
begins = תחילה: { $date }.
beginsIn = מתחיל בעוד { $time }.
beginsNow = הוא אמור להתחיל בכל רגע.
fromElsewhere = הסרטון הזה מגיע מ־{ $host }, שיכול לראות את כתובת ה־IP שלך.
faster = מהירות כפולה
forth = { $time } קדימה
backBy = { $time } אחורה
chapters = פרקים
chapter = פרק { $n }
shareVideo = שיתוף הסרטון הזה
pictureMenu = הסרטון הזה
shareTitle = שיתוף
loop = הפעלה בלולאה
copyLink = העתקת הקישור
copyLinkAt = העתקת קישור אל { $time }
copyEmbed = העתקת קוד ההטמעה
shareMore = שיתוף…
shareLink = קישור
startAt = התחלה ב־{ $time }
wholeList = כל הרשימה, מהסרטון הזה
embedFrame = קוד הטמעה: מסגרת
embedTag = קוד הטמעה: תגית
copy = העתקה
copied = הועתק
copyByKeys = הדף הזה לא יכול להעתיק. הטקסט מסומן: יש ללחוץ על { $keys }.
copyByTouch = הדף הזה לא יכול להעתיק. הטקסט מסומן: יש ללחוץ עליו לחיצה ארוכה ולבחור בהעתקה.
shareWithApp = שיתוף באפליקציה
nothingToShare = לסרטון הזה אין כתובת לשיתוף.

fault-missing = אין דבר בכתובת הזאת.
fault-refused = השרת סירב לספק.
fault-unreachable = השרת לא עונה.
fault-incomplete = לא ניתן היה לטעון חלק מהנגן.
fault-unsupported = הדפדפן הזה לא יכול להפעיל את הסרטון הזה.
fault-hindered = ההגדרות של הדף הזה מונעות מהנגן לפעול.
fault-damaged = הסרטון פגום, או בצורה שאי אפשר לקרוא.
fault-unreadable = הרשימה פגומה, או בצורה שאי אפשר לקרוא.
fault-locked = הסרטון מוגן ואי אפשר לפתוח אותו כאן.
fault-stuck = ההפעלה לא מתקדמת.
fault-crashed = אירעה שגיאה פנימית בנגן.
fault-elsewhere = בעל הסרטון לא מאפשר להציג אותו באתר הזה.
fault-members = הסרטון הזה מיועד רק לחברי השרת שלו.
fault-forbidden = אי אפשר לצפות בסרטון הזה כאן.
fault-no-video = אין סרטון כזה בשרת הזה.
fault-no-playlist = אין רשימה כזאת בשרת הזה.
fault-video-gone = הסרטון הזה נמחק.
fault-playlist-gone = הרשימה הזאת נמחקה.
fault-too-often = הגיעו יותר מדי בקשות מהרשת שלך.
fault-trouble = לשרת יש כרגע תקלה.
fault-waiting = השידור החי הזה עוד לא התחיל.
fault-over = השידור החי הזה הסתיים.
fault-blocked = הסרטון הזה נחסם בשרת שלו.
fault-unprepared = השרת לא הצליח להכין את הסרטון הזה.
fault-preparing = הסרטון הזה עדיין בהכנה.

hint-address = אולי התוכן הוסר, או שהכתובת שגויה.
hint-later = ניסיון מאוחר יותר עשוי לעזור.
hint-connection = אולי החיבור שלך נותק. ניסיון מאוחר יותר עשוי לעזור.
hint-reload = טעינה מחדש של הדף עשויה לעזור.
hint-browser = אולי הוא יפעל בדפדפן אחר או בגרסה חדשה יותר.
hint-site = מי שמנהל את האתר הזה יכול לשנות את זה.
hint-publisher = מי שפרסם אותו יכול לתקן את זה.
hint-there = אולי אפשר לצפות בו בשרת שלו.
hint-instance = השרת שלו מחליט על כך.
hint-soon = ההפעלה תתחיל כשהכול יהיה מוכן.
hint-replay = אולי הוא יחזור כסרטון.

# What is opened on purpose.
back = חזרה
speed = מהירות
normal = רגילה
look-title = מראה הכתוביות
look-size = גודל הטקסט
look-font = גופן
look-ink = צבע הטקסט
look-inkShare = אטימות הטקסט
look-ground = צבע הרקע
look-groundShare = אטימות הרקע
look-window = צבע החלון
look-windowShare = אטימות החלון
look-edge = שולי האותיות
look-reset = איפוס
fonts-sans = ללא תגים
fonts-serif = עם תגים
fonts-mono = רוחב קבוע
fonts-casual = חופשי
fonts-script = כתב יד
fonts-capitals = רישיות קטנות
colours-white = לבן
colours-yellow = צהוב
colours-green = ירוק
colours-cyan = ציאן
colours-blue = כחול
colours-magenta = מג׳נטה
colours-red = אדום
colours-black = שחור
edges-none = ללא
edges-shadow = צל
edges-raised = מובלטים
edges-depressed = שקועים
edges-outline = קו מתאר
statistics = סטטיסטיקה
figures-frame = נגן
figures-quality = תמונה
figures-frames = פריימים: הוצגו, הושמטו
figures-codecs = קודקים
figures-buffer = נטען מראש
figures-throughput = מהירות השרת
figures-latency = פיגור מהשידור
figures-begin = תמונה ראשונה אחרי
figures-stalls = הפרעות
figures-peers = צופים מחוברים
figures-segments = מקטעים: שרת, צופים, נדחו
figures-version = גרסה
keys = קיצורי מקלדת
does-play = ניגון או השהיה
does-short = 5 שניות אחורה או קדימה
does-long = 10 שניות אחורה או קדימה
does-volume = הגברה או הנמכה
does-mute = כיבוי או הפעלה של הקול
does-captions = כיבוי או הפעלה של כתוביות
does-fullscreen = מסך מלא
does-pip = תמונה בתוך תמונה
does-theatre = תצוגה רחבה
does-tenths = עשירית מהסרטון
does-ends = להתחלה או לסוף
does-speed = לאט או מהר יותר
does-frame = פריים אחורה או קדימה, בהשהיה
does-chapter = הפרק הקודם או הבא
does-item = הסרטון הקודם או הבא
does-help = הרשימה הזו
theatre = תצוגה רחבה
popOut = פתיחה בחלון נפרד
limit = העלאה לכל היותר
report = דיווח על הסרטון הזה
reportTo = הדיווח שלך מגיע אל מי שמפעילים את { $who }. הם מחליטים מה ייעשה בסרטון.
reportThere = דף הסרטון נפתח ב־{ $time }. שם נמצא „דיווח” בתפריט שמתחת לתמונה. כדאי לכתוב מה לא בסדר ומתי זה נראה.
reportOpen = מעבר אל { $who }
search-field = חיפוש סרטונים
search-go = חיפוש
search-filters = מסננים
search-any = הכול
search-language = שפה
search-licence = רישיון
search-length = אורך
search-lengths-short = פחות מ־4 דקות
search-lengths-medium = 4 עד 20 דקות
search-lengths-long = יותר מ־20 דקות
search-live = שידור חי
search-onAir = בשידור חי עכשיו
search-recorded = לא בשידור חי
search-order = סדר
search-best = ההתאמה הטובה ביותר
search-newest = החדשים תחילה
search-sensitiveToo = גם סרטונים רגישים
search-sensitive = רגיש
search-searching = בחיפוש…
search-none = לא נמצאו סרטונים.
search-failed = החיפוש נכשל.
search-more = סרטונים נוספים
foundVideos = 
    { $n ->
        [one] נמצא סרטון אחד
        [two] נמצאו שני סרטונים
       *[other] נמצאו { $n } סרטונים
    }
anotherScreen = ניגון במסך אחר
onAnotherScreen = מתנגן במסך אחר
