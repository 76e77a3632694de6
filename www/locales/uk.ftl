# Ukrainian. Viewers are addressed as «ви», others are «глядачі».

player = Відеопрогравач
controls = Керування

play = Дивитися
pause = Пауза
replay = Дивитися знову
loading = Завантаження
mute = Вимкнути звук
unmute = Увімкнути звук
volume = Гучність
seek = Перемотування
position = { $at } з { $of }
behindLive = Відставання від ефіру: { $time }
live = Наживо
goLive = Перейти до ефіру
fullscreen = На весь екран
leaveFullscreen = Вийти з повноекранного режиму
pictureInPicture = Картинка в картинці

captions = Субтитри
captionsOff = Вимкнено
captionTrack = Доріжка { $n }
settings = Налаштування
quality = Якість
auto = Авто
autoNow = Авто ({ $now })
automatic = { $language } (створено автоматично)
audio = Звук
close = Закрити

peers = Інші глядачі
peersNow =
    { $n ->
        [0] Обмін з іншими глядачами
        [one] З’єднання з { $n } іншим глядачем
        [few] З’єднання з { $n } іншими глядачами
        [many] З’єднання з { $n } іншими глядачами
       *[other] З’єднання з { $n } іншого глядача
    }
panelTitle = Дивимося разом
share = Обмін з іншими глядачами
sharing-off = Обмін вимкнено. Усе надходить із сервера.
sharing-asking = Без вашого дозволу обміну немає. Усе надходить із сервера.
sharing-unverifiable = Для цього відео не оприлюднено контрольних сум, тому від інших глядачів нічого не береться. Усе надходить із сервера.
sharing-unlisted = Сервер не вказує групи глядачів для цього відео. Усе надходить із сервера.
sharing-alone = Зараз ні з ким зв’язатися. Усе надходить із сервера.
sharing-active = Зараз більше ніхто не під’єднаний.
sharedBy =
    { $peers ->
        [one] Ви та ще { $peers } глядач допомагаєте одне одному.
        [few] Ви та ще { $peers } глядачі допомагаєте одне одному.
        [many] Ви та ще { $peers } глядачів допомагаєте одне одному.
       *[other] Ви та ще { $peers } глядача допомагаєте одне одному.
    } Звідти надійшло { $share } переглянутого.
stopped = Ви припинили обмін. Усе надходить із сервера.
fromServer = Із сервера
fromPeers = Від інших глядачів
toPeers = Іншим глядачам
chart = Трафік за останню хвилину: із сервера, від інших глядачів та іншим глядачам
swarmMap = Карта рою
sendingNow = Зараз надсилають вам
receivingNow = Зараз отримують від вас

p2pWarning = Ті, хто дивиться водночас із вами, можуть дізнатися вашу IP-адресу.
watchOn = Дивитися на { $host }

passwordTitle = Для цього відео потрібен пароль
passwordWrong = Пароль не підійшов. Спробуйте ще раз.
password = Пароль
watch = Дивитися

sensitiveTitle = Не для всіх
sensitive = Видавець попереджає про делікатний вміст.
sensitiveViolent = У відео є насильство.
sensitiveExplicit = Відео має відверто сексуальний характер.

consentTitle = Обмінюватися з іншими глядачами?
consentText = Тоді глядачі передають одне одному частини відео. Вони й трекер можуть бачити вашу IP-адресу.
allow = Дозволити
notNow = Не зараз

retry = Спробувати знову
errorTitle-origin = Сервер відео не надав даних
errorTitle-peer = Інші глядачі не надали даних
errorTitle-media = Це відео не можна відтворити
errorTitle-browser = Ця сторінка не може відтворити відео
errorTitle-player = Збій програвача
errorCode = Код: { $name }

playlist = Список відтворення
itemOf = { $n } з { $of }
next = Наступне
previous = Попереднє
watched = переглянуто { $share }
shuffle = Випадковий порядок
round = Повторювати список
find = Пошук у цьому списку
found =
    { $n ->
        [one] Знайдено { $n } відео
        [few] Знайдено { $n } відео
        [many] Знайдено { $n } відео
       *[other] Знайдено { $n } відео
    }
nextIn = Наступне через { $time }
playNow = Відтворити зараз
cancel = Скасувати
unavailable = Недоступно
playing = Відтворюється { $n } з { $of }: { $title }
skipped = Пропущено, недоступне: { $title }
untitled = Відео { $n }
playlistEmpty = У цьому списку немає відео.
playlistFailed = Не вдалося завантажити список відтворення.

standing-waiting-0 = Цей ефір ще не почався
standing-waiting-1 = Він почнеться тут сам.
standing-pausing-0 = Цей ефір зараз перервано
standing-pausing-1 = Коли він продовжиться, то й тут також.
standing-ended-0 = Цей ефір закінчився
standing-ended-1 = Дякуємо за перегляд. Якщо з’явиться запис, він буде тут.
standing-transcoding-0 = Це відео готується
standing-transcoding-1 = Коли воно буде готове, воно з’явиться тут.
standing-blocked-0 = Це відео заблоковано
standing-blocked-1 = Так вирішили модератори його сайту.
standing-unavailable-0 = Це відео недоступне
standing-unavailable-1 = Його сайт не зміг його підготувати.
begins = Початок: { $date }.
beginsIn = До початку: { $time }.
beginsNow = Він має початися з хвилини на хвилину.
fromElsewhere = Це відео надходить із { $host }, де видно вашу IP-адресу.
faster = Подвійна швидкість
forth = { $time } уперед
backBy = { $time } назад
chapters = Розділи
chapter = Розділ { $n }
shareVideo = Поділитися відео
pictureMenu = Це відео
shareTitle = Поділитися
loop = Повторювати
copyLink = Копіювати посилання
copyLinkAt = Копіювати посилання на { $time }
copyEmbed = Копіювати код для вставлення
shareMore = Поділитися…
shareLink = Посилання
startAt = Почати з { $time }
wholeList = Увесь список, із цього відео
embedFrame = Код для вставлення: фрейм
embedTag = Код для вставлення: тег
copy = Копіювати
copied = Скопійовано
copyByKeys = Цій сторінці не можна копіювати. Текст виділено: натисніть { $keys }.
copyByTouch = Цій сторінці не можна копіювати. Текст виділено: натисніть на нього й утримуйте, потім виберіть «Копіювати».
shareWithApp = Поділитися через застосунок
nothingToShare = Це відео не має адреси, якою можна поділитися.

fault-missing = За цією адресою нічого немає.
fault-refused = Сервер відмовився надати дані.
fault-unreachable = Сервер не відповідає.
fault-incomplete = Не вдалося завантажити частину програвача.
fault-unsupported = Цей браузер не може відтворити це відео.
fault-hindered = Налаштування цієї сторінки заважають програвачу працювати.
fault-damaged = Відео пошкоджене або в нечитабельному вигляді.
fault-unreadable = Список пошкоджений або в нечитабельному вигляді.
fault-locked = Відео захищене, і відкрити його тут не можна.
fault-stuck = Відтворення не рухається далі.
fault-crashed = У програвачі сталася внутрішня помилка.
fault-elsewhere = Власник відео не дозволяє показувати його на цьому сайті.
fault-members = Це відео лише для учасників його сервера.
fault-forbidden = Це відео не можна дивитися тут.
fault-no-video = На цьому сервері немає такого відео.
fault-no-playlist = На цьому сервері немає такого списку.
fault-video-gone = Це відео видалено.
fault-playlist-gone = Цей список видалено.
fault-too-often = З вашої мережі надійшло забагато запитів.
fault-trouble = На сервері зараз негаразди.
fault-waiting = Цей ефір ще не почався.
fault-over = Цей ефір закінчився.
fault-blocked = Це відео заблоковано на його сервері.
fault-unprepared = Сервер не зміг підготувати це відео.
fault-preparing = Це відео ще готується.

hint-address = Можливо, його видалено або адреса хибна.
hint-later = Може допомогти повторна спроба пізніше.
hint-connection = Можливо, перервався зв’язок. Може допомогти повторна спроба пізніше.
hint-reload = Може допомогти оновлення сторінки.
hint-browser = Можливо, воно піде в іншому браузері або в новішій версії.
hint-site = Це можуть змінити власники сайту.
hint-publisher = Це може виправити той, хто його оприлюднив.
hint-there = Можливо, його можна переглянути на власному сервері.
hint-instance = Це вирішує його сервер.
hint-soon = Показ почнеться, щойно все буде готове.
hint-replay = Можливо, він повернеться в записі.

# What is opened on purpose.
back = Назад
speed = Швидкість
normal = Звичайна
look-title = Вигляд субтитрів
look-size = Розмір тексту
look-font = Шрифт
look-ink = Колір тексту
look-inkShare = Непрозорість тексту
look-ground = Колір тла
look-groundShare = Непрозорість тла
look-window = Колір вікна
look-windowShare = Непрозорість вікна
look-edge = Краї літер
look-reset = Скинути
fonts-sans = Без зарубок
fonts-serif = Із зарубками
fonts-mono = Моноширинний
fonts-casual = Вільний
fonts-script = Рукописний
fonts-capitals = Капітель
colours-white = Білий
colours-yellow = Жовтий
colours-green = Зелений
colours-cyan = Блакитний
colours-blue = Синій
colours-magenta = Пурпуровий
colours-red = Червоний
colours-black = Чорний
edges-none = Немає
edges-shadow = Тінь
edges-raised = Опуклі
edges-depressed = Утиснуті
edges-outline = Контур
statistics = Статистика
figures-frame = Програвач
figures-quality = Зображення
figures-frames = Кадри: показано, пропущено
figures-codecs = Кодеки
figures-buffer = Завантажено наперед
figures-throughput = Швидкість сервера
figures-latency = Відставання від ефіру
figures-begin = Перший кадр через
figures-stalls = Зупинки
figures-peers = Глядачів на зв’язку
figures-segments = Сегменти: сервер, глядачі, відхилено
figures-version = Версія
keys = Клавіші
does-play = Пуск або пауза
does-short = 5 секунд назад або вперед
does-long = 10 секунд назад або вперед
does-volume = Гучніше або тихіше
does-mute = Вимкнути або ввімкнути звук
does-captions = Вимкнути або ввімкнути субтитри
does-fullscreen = На весь екран
does-pip = Картинка в картинці
does-theatre = Широкий вигляд
does-tenths = Десята частина відео
does-ends = На початок або в кінець
does-speed = Повільніше або швидше
does-frame = Кадр назад або вперед, на паузі
does-chapter = Попередній або наступний розділ
does-item = Попереднє або наступне відео
does-help = Цей список
theatre = Широкий вигляд
popOut = Відкрити у своєму вікні
limit = Віддавати не більше
report = Поскаржитися на це відео
reportTo = Скаргу отримають ті, хто керує { $who }. Вони й вирішують, що буде з відео.
reportThere = Сторінка відео відкриється на { $time }. Там, у меню під зображенням, є пункт «Поскаржитися». Напишіть, що не так і коли це видно.
reportOpen = Перейти на { $who }
search-field = Пошук відео
search-go = Знайти
search-filters = Фільтри
search-any = Будь-які
search-language = Мова
search-licence = Ліцензія
search-length = Тривалість
search-lengths-short = До 4 хвилин
search-lengths-medium = Від 4 до 20 хвилин
search-lengths-long = Понад 20 хвилин
search-live = Трансляції
search-onAir = Зараз в ефірі
search-recorded = Записи
search-order = Порядок
search-best = За відповідністю
search-newest = Спершу нові
search-sensitiveToo = Показувати й делікатні відео
search-sensitive = Делікатне
search-searching = Пошук…
search-none = Нічого не знайдено.
search-failed = Пошук не вдався.
search-more = Ще відео
foundVideos = 
    { $n ->
        [one] Знайдено { $n } відео
        [few] Знайдено { $n } відео
        [many] Знайдено { $n } відео
       *[other] Знайдено { $n } відео
    }
anotherScreen = Дивитися на іншому екрані
onAnotherScreen = Йде на іншому екрані
