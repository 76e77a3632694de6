# Dutch. Viewers are addressed as “je”, others are “kijkers”.

player = Videospeler
controls = Bediening

play = Afspelen
pause = Pauzeren
replay = Opnieuw afspelen
loading = Laden
mute = Geluid uit
unmute = Geluid aan
volume = Volume
seek = Positie
position = { $at } van { $of }
behindLive = { $time } achter op live
live = Live
goLive = Naar live
fullscreen = Volledig scherm
leaveFullscreen = Volledig scherm sluiten
pictureInPicture = Beeld-in-beeld

captions = Ondertiteling
captionsOff = Uit
captionTrack = Spoor { $n }
settings = Instellingen
quality = Kwaliteit
auto = Automatisch
autoNow = Automatisch ({ $now })
automatic = { $language } (automatisch gemaakt)
audio = Geluid
close = Sluiten

peers = Andere kijkers
peersNow =
    { $n ->
        [0] Delen met andere kijkers
        [one] Verbonden met { $n } andere kijker
       *[other] Verbonden met { $n } andere kijkers
    }
panelTitle = Samen kijken
share = Delen met andere kijkers
sharing-off = Delen staat uit. Alles komt van de server.
sharing-asking = Er wordt niets gedeeld zonder jouw toestemming. Alles komt van de server.
sharing-unverifiable = Voor deze video zijn geen controlegetallen gepubliceerd, dus komt er niets van andere kijkers. Alles komt van de server.
sharing-unlisted = De server noemt geen groep kijkers voor deze video. Alles komt van de server.
sharing-alone = Er is nu niemand anders te bereiken. Alles komt van de server.
sharing-active = Er is nu niemand anders verbonden.
sharedBy =
    { $peers ->
        [one] Jij en { $peers } andere kijker helpen elkaar.
       *[other] Jij en { $peers } andere kijkers helpen elkaar.
    } { $share } van wat je bekeek kwam daarvandaan.
stopped = Je bent gestopt met delen. Alles komt van de server.
fromServer = Van de server
fromPeers = Van andere kijkers
toPeers = Naar andere kijkers
chart = Verkeer van de laatste minuut: van de server, van andere kijkers en naar andere kijkers
swarmMap = Kaart van de zwerm
sendingNow = Sturen je nu iets
receivingNow = Ontvangen nu van jou

p2pWarning = Wie tegelijk met jou kijkt, kan je IP-adres te weten komen.
watchOn = Bekijken op { $host }

passwordTitle = Deze video vraagt om een wachtwoord
passwordWrong = Dat was niet het juiste. Probeer het opnieuw.
password = Wachtwoord
watch = Bekijken

sensitiveTitle = Niet voor iedereen
sensitive = Volgens de uitgever is dit gevoelige inhoud.
sensitiveViolent = Er is geweld te zien.
sensitiveExplicit = De inhoud is seksueel expliciet.

consentTitle = Delen met andere kijkers?
consentText = Kijkers geven elkaar dan delen van de video door. Zij en de tracker kunnen je IP-adres zien.
allow = Toestaan
notNow = Niet nu

retry = Opnieuw proberen
errorTitle-origin = De server van de video heeft niet geleverd
errorTitle-peer = Andere kijkers hebben niet geleverd
errorTitle-media = Deze video kan niet worden afgespeeld
errorTitle-browser = Deze pagina kan de video niet afspelen
errorTitle-player = De speler heeft gefaald
errorCode = Code: { $name }

playlist = Afspeellijst
itemOf = { $n } van { $of }
next = Volgende
previous = Vorige
watched = { $share } bekeken
shuffle = Willekeurige volgorde
round = Afspeellijst herhalen
find = Zoeken in deze afspeellijst
found =
    { $n ->
        [one] { $n } video gevonden
       *[other] { $n } video’s gevonden
    }
nextIn = Volgende over { $time }
playNow = Nu afspelen
cancel = Annuleren
unavailable = Niet beschikbaar
playing = Nu te zien: { $n } van { $of }: { $title }
skipped = Overgeslagen, niet beschikbaar: { $title }
untitled = Video { $n }
playlistEmpty = Deze afspeellijst bevat geen video’s.
playlistFailed = De afspeellijst kon niet worden geladen.

standing-waiting-0 = Deze live-uitzending is nog niet begonnen
standing-waiting-1 = Ze begint hier vanzelf.
standing-pausing-0 = Deze live-uitzending ligt even stil
standing-pausing-1 = Gaat ze verder, dan hier vanzelf.
standing-ended-0 = Deze live-uitzending is afgelopen
standing-ended-1 = Bedankt voor het kijken. Wordt het een video, dan staat die hier.
standing-transcoding-0 = Deze video wordt klaargemaakt
standing-transcoding-1 = Is dat klaar, dan staat hij hier.
standing-blocked-0 = Deze video is geblokkeerd
standing-blocked-1 = De moderatie van zijn site heeft dat besloten.
standing-unavailable-0 = Deze video is niet beschikbaar
standing-unavailable-1 = De site kon hem niet klaarmaken.
begins = Begint: { $date }.
beginsIn = Begint over { $time }.
beginsNow = De uitzending kan elk moment beginnen.
fromElsewhere = Deze video komt van { $host }; daar is je IP-adres te zien.
faster = Dubbele snelheid
forth = { $time } vooruit
backBy = { $time } terug
chapters = Hoofdstukken
chapter = Hoofdstuk { $n }
shareVideo = Deze video delen
pictureMenu = Deze video
shareTitle = Delen
loop = Herhalen
copyLink = Link kopiëren
copyLinkAt = Link op { $time } kopiëren
copyEmbed = Insluitcode kopiëren
shareMore = Delen…
shareLink = Link
startAt = Beginnen op { $time }
wholeList = De hele afspeellijst, vanaf deze video
embedFrame = Insluitcode: een frame
embedTag = Insluitcode: een tag
copy = Kopiëren
copied = Gekopieerd
copyByKeys = Deze pagina mag niet kopiëren. De tekst is geselecteerd: druk op { $keys }.
copyByTouch = Deze pagina mag niet kopiëren. De tekst is geselecteerd: houd hem ingedrukt en kies Kopiëren.
shareWithApp = Delen met een app
nothingToShare = Deze video heeft geen adres om te delen.

fault-missing = Op dit adres is niets te vinden.
fault-refused = De server weigerde te leveren.
fault-unreachable = De server antwoordt niet.
fault-incomplete = Een deel van de speler kon niet worden geladen.
fault-unsupported = Deze browser kan deze video niet afspelen.
fault-hindered = De instellingen van deze pagina houden de speler tegen.
fault-damaged = De video is beschadigd of heeft een onleesbare vorm.
fault-unreadable = De afspeellijst is beschadigd of heeft een onleesbare vorm.
fault-locked = De video is beveiligd en kan hier niet worden ontgrendeld.
fault-stuck = Het afspelen komt niet verder.
fault-crashed = De speler heeft zelf een fout gemaakt.
fault-elsewhere = De eigenaar laat deze site de video niet tonen.
fault-members = Deze video is alleen voor leden van de instantie.
fault-forbidden = Deze video mag hier niet worden bekeken.
fault-no-video = Deze video bestaat niet op deze instantie.
fault-no-playlist = Deze afspeellijst bestaat niet op deze instantie.
fault-video-gone = Deze video is verwijderd.
fault-playlist-gone = Deze afspeellijst is verwijderd.
fault-too-often = Er kwamen te veel verzoeken vanaf je netwerk.
fault-trouble = De instantie heeft op dit moment problemen.
fault-waiting = Deze live-uitzending is nog niet begonnen.
fault-over = Deze live-uitzending is afgelopen.
fault-blocked = Deze video is geblokkeerd op zijn instantie.
fault-unprepared = De instantie kon deze video niet klaarmaken.
fault-preparing = Deze video wordt nog klaargemaakt.

hint-address = Misschien is het verwijderd, of klopt het adres niet.
hint-later = Later opnieuw proberen kan helpen.
hint-connection = Misschien is je verbinding verbroken. Later opnieuw proberen kan helpen.
hint-reload = De pagina opnieuw laden kan helpen.
hint-browser = Misschien lukt het in een andere browser of een nieuwere versie.
hint-site = De beheerder van deze site kan dat veranderen.
hint-publisher = De uitgever kan dat verhelpen.
hint-there = Misschien is het te zien op de eigen instantie.
hint-instance = Daarover beslist de instantie.
hint-soon = Het begint zodra het klaar is.
hint-replay = Misschien komt het terug als video.

# What is opened on purpose.
back = Terug
speed = Snelheid
normal = Normaal
look-title = Stijl van ondertitels
look-size = Tekstgrootte
look-font = Lettertype
look-ink = Tekstkleur
look-inkShare = Dekking van de tekst
look-ground = Achtergrondkleur
look-groundShare = Dekking van de achtergrond
look-window = Vensterkleur
look-windowShare = Dekking van het venster
look-edge = Randen van letters
look-reset = Herstellen
fonts-sans = Schreefloos
fonts-serif = Met schreef
fonts-mono = Vaste breedte
fonts-casual = Informeel
fonts-script = Handschrift
fonts-capitals = Kleinkapitalen
colours-white = Wit
colours-yellow = Geel
colours-green = Groen
colours-cyan = Cyaan
colours-blue = Blauw
colours-magenta = Magenta
colours-red = Rood
colours-black = Zwart
edges-none = Geen
edges-shadow = Slagschaduw
edges-raised = Verhoogd
edges-depressed = Verdiept
edges-outline = Omlijnd
statistics = Statistieken
figures-frame = Speler
figures-quality = Beeld
figures-frames = Beelden: getoond, overgeslagen
figures-codecs = Codecs
figures-buffer = Vooruit geladen
figures-throughput = Snelheid van de server
figures-latency = Achter op live
figures-begin = Eerste beeld na
figures-stalls = Onderbrekingen
figures-peers = Verbonden kijkers
figures-segments = Segmenten: server, kijkers, geweigerd
figures-version = Versie
keys = Sneltoetsen
does-play = Afspelen of pauzeren
does-short = 5 seconden terug of vooruit
does-long = 10 seconden terug of vooruit
does-volume = Harder of zachter
does-mute = Geluid uit of aan
does-captions = Ondertitels uit of aan
does-fullscreen = Volledig scherm
does-pip = Beeld in beeld
does-theatre = Breed beeld
does-tenths = Een tiende van de video
does-ends = Naar het begin of het einde
does-speed = Langzamer of sneller
does-frame = Eén beeld terug of vooruit, gepauzeerd
does-chapter = Vorig of volgend hoofdstuk
does-item = Vorige of volgende video
does-help = Deze lijst
theatre = Breed beeld
popOut = In een eigen venster openen
limit = Hoogstens uploaden
report = Deze video melden
reportTo = Je melding gaat naar de beheerders van { $who }. Zij beslissen wat er met de video gebeurt.
reportThere = De pagina van de video opent op { $time }. Daar staat ‘Melden’ in het menu onder het beeld. Schrijf wat er mis is en wanneer het te zien is.
reportOpen = Naar { $who }
search-field = Video’s zoeken
search-go = Zoeken
search-filters = Filters
search-any = Alle
search-language = Taal
search-licence = Licentie
search-length = Lengte
search-lengths-short = Korter dan 4 minuten
search-lengths-medium = 4 tot 20 minuten
search-lengths-long = Langer dan 20 minuten
search-live = Live
search-onAir = Nu live
search-recorded = Niet live
search-order = Volgorde
search-best = Beste overeenkomst
search-newest = Nieuwste eerst
search-sensitiveToo = Ook gevoelige video’s
search-sensitive = Gevoelig
search-searching = Zoeken…
search-none = Geen video’s gevonden.
search-failed = Het zoeken is mislukt.
search-more = Meer video’s
foundVideos = 
    { $n ->
        [one] { $n } video gevonden
       *[other] { $n } video’s gevonden
    }
anotherScreen = Op een ander scherm afspelen
onAnotherScreen = Speelt op een ander scherm
