# Russian. Viewers are addressed as «вы», others are «зрители».

player = Видеоплеер
controls = Управление

play = Смотреть
pause = Пауза
replay = Смотреть снова
loading = Загрузка
mute = Выключить звук
unmute = Включить звук
volume = Громкость
seek = Перемотка
position = { $at } из { $of }
behindLive = Отставание от эфира: { $time }
live = В эфире
goLive = Перейти в эфир
fullscreen = Во весь экран
leaveFullscreen = Выйти из полноэкранного режима
pictureInPicture = Картинка в картинке

captions = Субтитры
captionsOff = Выключены
captionTrack = Дорожка { $n }
settings = Настройки
quality = Качество
auto = Авто
autoNow = Авто ({ $now })
automatic = { $language } (созданы автоматически)
audio = Звук
close = Закрыть

peers = Другие зрители
peersNow =
    { $n ->
        [0] Обмен с другими зрителями
        [one] Соединение с { $n } другим зрителем
        [few] Соединение с { $n } другими зрителями
        [many] Соединение с { $n } другими зрителями
       *[other] Соединение с { $n } другого зрителя
    }
panelTitle = Смотрим вместе
share = Обмен с другими зрителями
sharing-off = Обмен выключен. Всё приходит с сервера.
sharing-asking = Без вашего разрешения обмена нет. Всё приходит с сервера.
sharing-unverifiable = Для этого видео не опубликованы контрольные суммы, поэтому от других зрителей ничего не берётся. Всё приходит с сервера.
sharing-unlisted = Сервер не указывает группы зрителей для этого видео. Всё приходит с сервера.
sharing-alone = Сейчас никого больше нет на связи. Всё приходит с сервера.
sharing-active = Сейчас никто больше не подключён.
sharedBy =
    { $peers ->
        [one] Вы и ещё { $peers } зритель помогаете друг другу.
        [few] Вы и ещё { $peers } зрителя помогаете друг другу.
        [many] Вы и ещё { $peers } зрителей помогаете друг другу.
       *[other] Вы и ещё { $peers } зрителя помогаете друг другу.
    } Оттуда пришло { $share } просмотренного.
stopped = Вы остановили обмен. Всё приходит с сервера.
fromServer = С сервера
fromPeers = От других зрителей
toPeers = Другим зрителям
chart = Трафик за последнюю минуту: с сервера, от других зрителей и другим зрителям
swarmMap = Карта роя
sendingNow = Сейчас отправляют вам
receivingNow = Сейчас получают от вас

p2pWarning = Те, кто смотрит одновременно с вами, могут узнать ваш IP-адрес.
watchOn = Смотреть на { $host }

passwordTitle = Для этого видео нужен пароль
passwordWrong = Пароль не подошёл. Попробуйте ещё раз.
password = Пароль
watch = Смотреть

sensitiveTitle = Не для всех
sensitive = Издатель предупреждает о деликатном содержании.
sensitiveViolent = В видео есть насилие.
sensitiveExplicit = Видео носит откровенно сексуальный характер.

consentTitle = Обмениваться с другими зрителями?
consentText = Тогда зрители передают друг другу части видео. Они и трекер могут видеть ваш IP-адрес.
allow = Разрешить
notNow = Не сейчас

retry = Повторить
errorTitle-origin = Сервер видео не прислал данные
errorTitle-peer = Другие зрители не прислали данные
errorTitle-media = Это видео нельзя воспроизвести
errorTitle-browser = Эта страница не может воспроизвести видео
errorTitle-player = Сбой плеера
errorCode = Код: { $name }

playlist = Плейлист
itemOf = { $n } из { $of }
next = Следующее
previous = Предыдущее
watched = просмотрено { $share }
shuffle = Случайный порядок
round = Повторять список
find = Поиск по этому списку
found =
    { $n ->
        [one] Найдено { $n } видео
        [few] Найдено { $n } видео
        [many] Найдено { $n } видео
       *[other] Найдено { $n } видео
    }
nextIn = Следующее через { $time }
playNow = Воспроизвести сейчас
cancel = Отмена
unavailable = Недоступно
playing = Воспроизводится { $n } из { $of }: { $title }
skipped = Пропущено, недоступно: { $title }
untitled = Видео { $n }
playlistEmpty = В этом плейлисте нет видео.
playlistFailed = Не удалось загрузить плейлист.

standing-waiting-0 = Этот эфир ещё не начался
standing-waiting-1 = Он начнётся здесь сам.
standing-pausing-0 = Этот эфир сейчас прерван
standing-pausing-1 = Когда он продолжится, то и здесь тоже.
standing-ended-0 = Этот эфир окончен
standing-ended-1 = Спасибо за просмотр. Если появится запись, она будет здесь.
standing-transcoding-0 = Это видео готовится
standing-transcoding-1 = Когда оно будет готово, оно появится здесь.
standing-blocked-0 = Это видео заблокировано
standing-blocked-1 = Так решили модераторы его сайта.
standing-unavailable-0 = Это видео недоступно
standing-unavailable-1 = Его сайт не смог его подготовить.
begins = Начало: { $date }.
beginsIn = До начала: { $time }.
beginsNow = Он должен начаться с минуты на минуту.
fromElsewhere = Это видео приходит с { $host }, где виден ваш IP-адрес.
faster = Двойная скорость
forth = { $time } вперёд
backBy = { $time } назад
chapters = Главы
chapter = Глава { $n }
shareVideo = Поделиться видео
pictureMenu = Это видео
shareTitle = Поделиться
loop = Повторять
copyLink = Копировать ссылку
copyLinkAt = Копировать ссылку на { $time }
copyEmbed = Копировать код для вставки
shareMore = Поделиться…
shareLink = Ссылка
startAt = Начать с { $time }
wholeList = Весь плейлист, с этого видео
embedFrame = Код для вставки: фрейм
embedTag = Код для вставки: тег
copy = Копировать
copied = Скопировано
copyByKeys = Этой странице нельзя копировать. Текст выделен: нажмите { $keys }.
copyByTouch = Этой странице нельзя копировать. Текст выделен: нажмите на него и удерживайте, затем выберите «Копировать».
shareWithApp = Поделиться через приложение
nothingToShare = У этого видео нет адреса, которым можно поделиться.

fault-missing = По этому адресу ничего нет.
fault-refused = Сервер отказался передавать данные.
fault-unreachable = Сервер не отвечает.
fault-incomplete = Не удалось загрузить часть плеера.
fault-unsupported = Этот браузер не может воспроизвести это видео.
fault-hindered = Настройки этой страницы мешают плееру работать.
fault-damaged = Видео повреждено или в нечитаемом виде.
fault-unreadable = Плейлист повреждён или в нечитаемом виде.
fault-locked = Видео защищено, и открыть его здесь нельзя.
fault-stuck = Воспроизведение не движется дальше.
fault-crashed = В плеере произошла внутренняя ошибка.
fault-elsewhere = Владелец видео не разрешает показывать его на этом сайте.
fault-members = Это видео только для участников его сервера.
fault-forbidden = Это видео нельзя смотреть здесь.
fault-no-video = На этом сервере нет такого видео.
fault-no-playlist = На этом сервере нет такого плейлиста.
fault-video-gone = Это видео удалено.
fault-playlist-gone = Этот плейлист удалён.
fault-too-often = Из вашей сети пришло слишком много запросов.
fault-trouble = На сервере сейчас неполадки.
fault-waiting = Этот эфир ещё не начался.
fault-over = Этот эфир окончен.
fault-blocked = Это видео заблокировано на своём сервере.
fault-unprepared = Сервер не смог подготовить это видео.
fault-preparing = Это видео ещё готовится.

hint-address = Возможно, оно удалено или адрес неверен.
hint-later = Может помочь повторная попытка позже.
hint-connection = Возможно, прервалась связь. Может помочь повторная попытка позже.
hint-reload = Может помочь обновление страницы.
hint-browser = Возможно, оно пойдёт в другом браузере или в более новой версии.
hint-site = Это могут изменить владельцы сайта.
hint-publisher = Это может исправить тот, кто его опубликовал.
hint-there = Возможно, его можно посмотреть на собственном сервере.
hint-instance = Это решает его сервер.
hint-soon = Показ начнётся, как только всё будет готово.
hint-replay = Возможно, он вернётся в записи.

# What is opened on purpose.
back = Назад
speed = Скорость
normal = Обычная
look-title = Вид субтитров
look-size = Размер текста
look-font = Шрифт
look-ink = Цвет текста
look-inkShare = Непрозрачность текста
look-ground = Цвет фона
look-groundShare = Непрозрачность фона
look-window = Цвет окна
look-windowShare = Непрозрачность окна
look-edge = Края букв
look-reset = Сбросить
fonts-sans = Без засечек
fonts-serif = С засечками
fonts-mono = Моноширинный
fonts-casual = Свободный
fonts-script = Рукописный
fonts-capitals = Капитель
colours-white = Белый
colours-yellow = Жёлтый
colours-green = Зелёный
colours-cyan = Голубой
colours-blue = Синий
colours-magenta = Пурпурный
colours-red = Красный
colours-black = Чёрный
edges-none = Нет
edges-shadow = Тень
edges-raised = Выпуклые
edges-depressed = Вдавленные
edges-outline = Контур
statistics = Статистика
figures-frame = Плеер
figures-quality = Картинка
figures-frames = Кадры: показано, пропущено
figures-codecs = Кодеки
figures-buffer = Загружено вперёд
figures-throughput = Скорость сервера
figures-latency = Отставание от эфира
figures-begin = Первый кадр через
figures-stalls = Остановки
figures-peers = Зрителей на связи
figures-segments = Сегменты: сервер, зрители, отклонено
figures-version = Версия
keys = Клавиши
does-play = Пуск или пауза
does-short = 5 секунд назад или вперёд
does-long = 10 секунд назад или вперёд
does-volume = Громче или тише
does-mute = Выключить или включить звук
does-captions = Выключить или включить субтитры
does-fullscreen = Полный экран
does-pip = Картинка в картинке
does-theatre = Широкий вид
does-tenths = Десятая часть видео
does-ends = В начало или в конец
does-speed = Медленнее или быстрее
does-frame = Кадр назад или вперёд, на паузе
does-chapter = Прошлая или следующая глава
does-item = Прошлое или следующее видео
does-help = Этот список
theatre = Широкий вид
popOut = Открыть в своём окне
limit = Отдавать не больше
report = Пожаловаться на это видео
reportTo = Жалобу получат те, кто управляет { $who }. Они и решают, что будет с видео.
reportThere = Страница видео откроется на { $time }. Там, в меню под изображением, есть пункт «Пожаловаться». Напишите, что не так и когда это видно.
reportOpen = Перейти на { $who }
search-field = Поиск видео
search-go = Найти
search-filters = Фильтры
search-any = Любые
search-language = Язык
search-licence = Лицензия
search-length = Длительность
search-lengths-short = До 4 минут
search-lengths-medium = От 4 до 20 минут
search-lengths-long = Больше 20 минут
search-live = Трансляции
search-onAir = Сейчас в эфире
search-recorded = Записи
search-order = Порядок
search-best = По соответствию
search-newest = Сначала новые
search-sensitiveToo = Показывать и деликатные видео
search-sensitive = Деликатное
search-searching = Поиск…
search-none = Ничего не найдено.
search-failed = Поиск не удался.
search-more = Ещё видео
foundVideos = 
    { $n ->
        [one] Найдено { $n } видео
        [few] Найдено { $n } видео
        [many] Найдено { $n } видео
       *[other] Найдено { $n } видео
    }
anotherScreen = Смотреть на другом экране
onAnotherScreen = Идёт на другом экране
