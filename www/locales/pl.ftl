# Polish. Viewers are addressed by verbs without a gender where possible; others are „widzowie”.

player = Odtwarzacz wideo
controls = Sterowanie

play = Odtwórz
pause = Wstrzymaj
replay = Odtwórz ponownie
loading = Wczytywanie
mute = Wycisz
unmute = Włącz dźwięk
volume = Głośność
seek = Pozycja
position = { $at } z { $of }
behindLive = { $time } za transmisją
live = Na żywo
goLive = Przejdź do transmisji na żywo
fullscreen = Pełny ekran
leaveFullscreen = Zamknij pełny ekran
pictureInPicture = Obraz w obrazie

captions = Napisy
captionsOff = Wyłączone
captionTrack = Ścieżka { $n }
settings = Ustawienia
quality = Jakość
auto = Automatyczna
autoNow = Automatyczna ({ $now })
automatic = { $language } (wygenerowane automatycznie)
audio = Dźwięk
close = Zamknij

peers = Inni widzowie
peersNow =
    { $n ->
        [0] Udostępnianie innym widzom
        [one] Połączenie z { $n } innym widzem
        [few] Połączenie z { $n } innymi widzami
        [many] Połączenie z { $n } innymi widzami
       *[other] Połączenie z { $n } innego widza
    }
panelTitle = Wspólne oglądanie
share = Udostępniaj innym widzom
sharing-off = Udostępnianie jest wyłączone. Wszystko pochodzi z serwera.
sharing-asking = Bez Twojej zgody nic nie jest udostępniane. Wszystko pochodzi z serwera.
sharing-unverifiable = Do tego filmu nie opublikowano sum kontrolnych, więc nic nie jest pobierane od innych widzów. Wszystko pochodzi z serwera.
sharing-unlisted = Serwer nie podaje grupy widzów tego filmu. Wszystko pochodzi z serwera.
sharing-alone = W tej chwili nikt inny nie jest osiągalny. Wszystko pochodzi z serwera.
sharing-active = W tej chwili nikt inny nie jest połączony.
sharedBy =
    { $peers ->
        [one] Pomagacie sobie nawzajem: Ty i { $peers } inny widz.
        [few] Pomagacie sobie nawzajem: Ty i { $peers } inni widzowie.
        [many] Pomagacie sobie nawzajem: Ty i { $peers } innych widzów.
       *[other] Pomagacie sobie nawzajem: Ty i { $peers } innego widza.
    } Stąd pochodzi { $share } obejrzanego materiału.
stopped = Udostępnianie zostało zatrzymane. Wszystko pochodzi z serwera.
fromServer = Z serwera
fromPeers = Od innych widzów
toPeers = Do innych widzów
chart = Ruch z ostatniej minuty: z serwera, od innych widzów i do innych widzów
swarmMap = Mapa roju
sendingNow = Wysyłają teraz do Ciebie
receivingNow = Odbierają teraz od Ciebie

p2pWarning = Kto ogląda to równocześnie z Tobą, może poznać Twój adres IP.
watchOn = Obejrzyj na { $host }

passwordTitle = Ten film wymaga hasła
passwordWrong = To nie było właściwe hasło. Spróbuj ponownie.
password = Hasło
watch = Oglądaj

sensitiveTitle = Nie dla wszystkich
sensitive = Według wydawcy to treść wrażliwa.
sensitiveViolent = Pokazuje przemoc.
sensitiveExplicit = Ma charakter seksualny.

consentTitle = Udostępniać innym widzom?
consentText = Widzowie przekazują sobie wtedy części filmu. Oni i tracker mogą zobaczyć Twój adres IP.
allow = Zezwól
notNow = Nie teraz

retry = Spróbuj ponownie
errorTitle-origin = Serwer filmu niczego nie dostarczył
errorTitle-peer = Inni widzowie niczego nie dostarczyli
errorTitle-media = Nie można odtworzyć tego filmu
errorTitle-browser = Ta strona nie może odtworzyć filmu
errorTitle-player = Odtwarzacz zawiódł
errorCode = Kod: { $name }

playlist = Playlista
itemOf = { $n } z { $of }
next = Następny
previous = Poprzedni
watched = obejrzano { $share }
shuffle = Losowa kolejność
round = Powtarzaj listę
find = Szukaj na tej liście
found =
    { $n ->
        [one] Znaleziono { $n } film
        [few] Znaleziono { $n } filmy
        [many] Znaleziono { $n } filmów
       *[other] Znaleziono { $n } filmu
    }
nextIn = Następny za { $time }
playNow = Odtwórz teraz
cancel = Anuluj
unavailable = Niedostępny
playing = Odtwarzanie { $n } z { $of }: { $title }
skipped = Pominięto, niedostępny: { $title }
untitled = Film { $n }
playlistEmpty = Na tej playliście nie ma filmów.
playlistFailed = Nie udało się wczytać playlisty.

standing-waiting-0 = Ta transmisja jeszcze się nie zaczęła
standing-waiting-1 = Rozpocznie się tu sama.
standing-pausing-0 = Ta transmisja jest wstrzymana
standing-pausing-1 = Gdy zostanie wznowiona, ruszy tu sama.
standing-ended-0 = Ta transmisja się skończyła
standing-ended-1 = Dziękujemy za oglądanie. Jeśli stanie się filmem, pojawi się tutaj.
standing-transcoding-0 = Ten film jest przygotowywany
standing-transcoding-1 = Gdy będzie gotowy, pojawi się tutaj.
standing-blocked-0 = Ten film został zablokowany
standing-blocked-1 = Tak zdecydowali moderatorzy jego strony.
standing-unavailable-0 = Ten film jest niedostępny
standing-unavailable-1 = Jego strona nie zdołała go przygotować.
begins = Początek: { $date }.
beginsIn = Początek za { $time }.
beginsNow = Powinna zacząć się lada chwila.
fromElsewhere = Ten film pochodzi z { $host }; widać tam Twój adres IP.
faster = Podwójna prędkość
forth = { $time } do przodu
backBy = { $time } do tyłu
chapters = Rozdziały
chapter = Rozdział { $n }
shareVideo = Udostępnij ten film
pictureMenu = Ten film
shareTitle = Udostępnij
loop = Odtwarzaj w pętli
copyLink = Kopiuj link
copyLinkAt = Kopiuj link od { $time }
copyEmbed = Kopiuj kod do osadzenia
shareMore = Udostępnij…
shareLink = Link
startAt = Rozpocznij od { $time }
wholeList = Cała playlista, od tego filmu
embedFrame = Kod do osadzenia: ramka
embedTag = Kod do osadzenia: znacznik
copy = Kopiuj
copied = Skopiowano
copyByKeys = Ta strona nie może kopiować. Tekst jest zaznaczony: naciśnij { $keys }.
copyByTouch = Ta strona nie może kopiować. Tekst jest zaznaczony: przytrzymaj go i wybierz Kopiuj.
shareWithApp = Udostępnij w aplikacji
nothingToShare = Ten film nie ma adresu do udostępnienia.

fault-missing = Pod tym adresem niczego nie ma.
fault-refused = Serwer odmówił dostarczenia danych.
fault-unreachable = Serwer nie odpowiada.
fault-incomplete = Nie udało się wczytać części odtwarzacza.
fault-unsupported = Ta przeglądarka nie potrafi odtworzyć tego filmu.
fault-hindered = Ustawienia tej strony nie pozwalają odtwarzaczowi działać.
fault-damaged = Film jest uszkodzony lub w postaci, której nie da się odczytać.
fault-unreadable = Playlista jest uszkodzona lub w postaci, której nie da się odczytać.
fault-locked = Film jest zabezpieczony i nie można go tu odblokować.
fault-stuck = Odtwarzanie nie posuwa się naprzód.
fault-crashed = W odtwarzaczu wystąpił błąd wewnętrzny.
fault-elsewhere = Właściciel filmu nie pozwala pokazywać go na tej stronie.
fault-members = Ten film jest tylko dla użytkowników swojej instancji.
fault-forbidden = Tego filmu nie można tu obejrzeć.
fault-no-video = Na tej instancji nie ma takiego filmu.
fault-no-playlist = Na tej instancji nie ma takiej playlisty.
fault-video-gone = Ten film został usunięty.
fault-playlist-gone = Ta playlista została usunięta.
fault-too-often = Z Twojej sieci przyszło zbyt wiele żądań.
fault-trouble = Instancja ma w tej chwili kłopoty.
fault-waiting = Ta transmisja jeszcze się nie zaczęła.
fault-over = Ta transmisja się skończyła.
fault-blocked = Ten film został zablokowany na swojej instancji.
fault-unprepared = Instancja nie zdołała przygotować tego filmu.
fault-preparing = Ten film jest jeszcze przygotowywany.

hint-address = Być może usunięto zawartość albo adres jest błędny.
hint-later = Może pomóc ponowna próba później.
hint-connection = Być może połączenie zostało przerwane. Może pomóc ponowna próba później.
hint-reload = Może pomóc ponowne wczytanie strony.
hint-browser = Być może zadziała w innej przeglądarce lub w nowszej wersji.
hint-site = Może to zmienić administrator tej strony.
hint-publisher = Może to naprawić wydawca.
hint-there = Być może da się go obejrzeć na jego własnej instancji.
hint-instance = Decyduje o tym jego instancja.
hint-soon = Odtwarzanie zacznie się, gdy wszystko będzie gotowe.
hint-replay = Być może wróci jako film.

# What is opened on purpose.
back = Wstecz
speed = Prędkość
normal = Normalna
look-title = Wygląd napisów
look-size = Rozmiar tekstu
look-font = Czcionka
look-ink = Kolor tekstu
look-inkShare = Krycie tekstu
look-ground = Kolor tła
look-groundShare = Krycie tła
look-window = Kolor okna
look-windowShare = Krycie okna
look-edge = Krawędzie liter
look-reset = Przywróć
fonts-sans = Bezszeryfowa
fonts-serif = Szeryfowa
fonts-mono = Stałej szerokości
fonts-casual = Swobodna
fonts-script = Pisanka
fonts-capitals = Kapitaliki
colours-white = Biały
colours-yellow = Żółty
colours-green = Zielony
colours-cyan = Cyjan
colours-blue = Niebieski
colours-magenta = Magenta
colours-red = Czerwony
colours-black = Czarny
edges-none = Brak
edges-shadow = Cień
edges-raised = Wypukłe
edges-depressed = Wklęsłe
edges-outline = Obrys
statistics = Statystyki
figures-frame = Odtwarzacz
figures-quality = Obraz
figures-frames = Klatki: pokazane, pominięte
figures-codecs = Kodeki
figures-buffer = Wczytane z wyprzedzeniem
figures-throughput = Prędkość serwera
figures-latency = Za transmisją na żywo
figures-begin = Pierwszy obraz po
figures-stalls = Przerwy
figures-peers = Połączeni widzowie
figures-segments = Segmenty: serwer, widzowie, odrzucone
figures-version = Wersja
keys = Skróty klawiszowe
does-play = Odtwórz lub wstrzymaj
does-short = 5 sekund wstecz lub naprzód
does-long = 10 sekund wstecz lub naprzód
does-volume = Głośniej lub ciszej
does-mute = Wyłącz lub włącz dźwięk
does-captions = Wyłącz lub włącz napisy
does-fullscreen = Pełny ekran
does-pip = Obraz w obrazie
does-theatre = Szeroki widok
does-tenths = Dziesiąta część filmu
does-ends = Na początek lub koniec
does-speed = Wolniej lub szybciej
does-frame = Jedna klatka wstecz lub naprzód, w pauzie
does-chapter = Poprzedni lub następny rozdział
does-item = Poprzedni lub następny film
does-help = Ta lista
theatre = Szeroki widok
popOut = Otwórz we własnym oknie
limit = Wysyłaj najwyżej
report = Zgłoś ten film
reportTo = Zgłoszenie trafia do osób prowadzących { $who }. To one decydują, co stanie się z filmem.
reportThere = Strona filmu otworzy się na { $time }. W menu pod obrazem jest tam „Zgłoś”. Napisz, co jest nie tak i kiedy to widać.
reportOpen = Przejdź do { $who }
search-field = Szukaj filmów
search-go = Szukaj
search-filters = Filtry
search-any = Dowolne
search-language = Język
search-licence = Licencja
search-length = Długość
search-lengths-short = Poniżej 4 minut
search-lengths-medium = Od 4 do 20 minut
search-lengths-long = Powyżej 20 minut
search-live = Na żywo
search-onAir = Teraz na żywo
search-recorded = Nie na żywo
search-order = Kolejność
search-best = Najtrafniejsze
search-newest = Najpierw najnowsze
search-sensitiveToo = Także filmy wrażliwe
search-sensitive = Wrażliwe
search-searching = Szukam…
search-none = Nie znaleziono filmów.
search-failed = Wyszukiwanie nie powiodło się.
search-more = Więcej filmów
foundVideos = 
    { $n ->
        [one] Znaleziono { $n } film
        [few] Znaleziono { $n } filmy
        [many] Znaleziono { $n } filmów
       *[other] Znaleziono { $n } filmu
    }
anotherScreen = Odtwarzaj na innym ekranie
onAnotherScreen = Odtwarzane na innym ekranie
