# German. Viewers are addressed as „Sie“ where they have to be, others are „andere Zuschauer“.

player = Videoplayer
controls = Steuerung

play = Abspielen
pause = Pause
replay = Noch einmal
loading = Wird geladen
mute = Ton aus
unmute = Ton an
volume = Lautstärke
seek = Abspielposition
position = { $at } von { $of }
behindLive = { $time } hinter der Live-Übertragung
live = Live
goLive = Zur Live-Übertragung
fullscreen = Vollbild
leaveFullscreen = Vollbild beenden
pictureInPicture = Bild im Bild

captions = Untertitel
captionsOff = Aus
captionTrack = Spur { $n }
settings = Einstellungen
quality = Qualität
auto = Automatisch
autoNow = Automatisch ({ $now })
automatic = { $language } (automatisch erzeugt)
audio = Ton
close = Schließen

peers = Andere Zuschauer
peersNow =
    { $n ->
        [0] Mit anderen Zuschauern teilen
        [one] Mit { $n } anderen Zuschauer verbunden
       *[other] Mit { $n } anderen Zuschauern verbunden
    }
panelTitle = Zusammen zuschauen
share = Mit anderen Zuschauern teilen
sharing-off = Teilen ist ausgeschaltet. Alles kommt vom Server.
sharing-asking = Ohne Ihre Erlaubnis wird nichts geteilt. Alles kommt vom Server.
sharing-unverifiable = Zu diesem Video sind keine Prüfsummen veröffentlicht, deshalb wird nichts von anderen Zuschauern genommen. Alles kommt vom Server.
sharing-unlisted = Der Server nennt für dieses Video keine Gruppe von Zuschauern. Alles kommt vom Server.
sharing-alone = Gerade ist niemand sonst erreichbar. Alles kommt vom Server.
sharing-active = Gerade ist niemand sonst verbunden.
sharedBy =
    { $peers ->
        [one] Sie und { $peers } anderer Zuschauer helfen einander.
       *[other] Sie und { $peers } andere Zuschauer helfen einander.
    } { $share } von dem, was Sie gesehen haben, kam von dort.
stopped = Sie haben das Teilen beendet. Alles kommt vom Server.
fromServer = Vom Server
fromPeers = Von anderen Zuschauern
toPeers = An andere Zuschauer
chart = Datenverkehr der letzten Minute: vom Server, von anderen Zuschauern und an andere Zuschauer
swarmMap = Karte des Schwarms
sendingNow = Senden Ihnen gerade
receivingNow = Empfangen gerade von Ihnen

p2pWarning = Wer dies zugleich mit Ihnen anschaut, kann Ihre IP-Adresse erfahren.
watchOn = Auf { $host } ansehen

passwordTitle = Dieses Video verlangt ein Passwort
passwordWrong = Das war nicht das richtige. Versuchen Sie es noch einmal.
password = Passwort
watch = Ansehen

sensitiveTitle = Nicht für alle
sensitive = Dieses Video ist als heikel gekennzeichnet.
sensitiveViolent = Es zeigt Gewalt.
sensitiveExplicit = Es ist sexuell explizit.

consentTitle = Mit anderen Zuschauern teilen?
consentText = Zuschauer geben dann Teile des Videos aneinander weiter. Sie und der Tracker können Ihre IP-Adresse sehen.
allow = Erlauben
notNow = Jetzt nicht

retry = Noch einmal versuchen
errorTitle-origin = Der Server des Videos hat nicht geliefert
errorTitle-peer = Andere Zuschauer haben nicht geliefert
errorTitle-media = Dieses Video lässt sich nicht abspielen
errorTitle-browser = Diese Seite kann das Video nicht abspielen
errorTitle-player = Der Player ist gescheitert
errorCode = Code: { $name }

playlist = Playlist
itemOf = { $n } von { $of }
next = Weiter
previous = Zurück
watched = { $share } gesehen
shuffle = Zufällige Reihenfolge
round = Playlist wiederholen
find = In dieser Playlist suchen
found =
    { $n ->
        [one] { $n } Video gefunden
       *[other] { $n } Videos gefunden
    }
nextIn = Weiter in { $time }
playNow = Jetzt abspielen
cancel = Abbrechen
unavailable = Nicht verfügbar
playing = Es läuft { $n } von { $of }: { $title }
skipped = Übersprungen, nicht verfügbar: { $title }
untitled = Video { $n }
playlistEmpty = In dieser Playlist sind keine Videos.
playlistFailed = Die Playlist konnte nicht geladen werden.

standing-waiting-0 = Diese Live-Übertragung hat noch nicht begonnen
standing-waiting-1 = Sie beginnt hier von selbst.
standing-pausing-0 = Diese Live-Übertragung pausiert gerade
standing-pausing-1 = Geht sie weiter, dann hier von selbst.
standing-ended-0 = Diese Live-Übertragung ist vorbei
standing-ended-1 = Danke fürs Zuschauen. Wird sie zum Video, ist es hier zu sehen.
standing-transcoding-0 = Dieses Video wird aufbereitet
standing-transcoding-1 = Ist das geschehen, ist es hier zu sehen.
standing-blocked-0 = Dieses Video wurde gesperrt
standing-blocked-1 = Das hat die Moderation seiner Website entschieden.
standing-unavailable-0 = Dieses Video ist nicht verfügbar
standing-unavailable-1 = Seine Website konnte es nicht aufbereiten.
begins = Beginn: { $date }.
beginsIn = Beginn in { $time }.
beginsNow = Sie sollte jeden Moment beginnen.
fromElsewhere = Dieses Video kommt von { $host }; dort ist Ihre IP-Adresse zu sehen.
faster = Doppelte Geschwindigkeit
forth = { $time } vor
backBy = { $time } zurück
chapters = Kapitel
chapter = Kapitel { $n }
shareVideo = Dieses Video teilen
pictureMenu = Dieses Video
shareTitle = Teilen
loop = In Schleife abspielen
copyLink = Link kopieren
copyLinkAt = Link bei { $time } kopieren
copyEmbed = Einbettungscode kopieren
shareMore = Teilen …
shareLink = Link
startAt = Beginnen bei { $time }
wholeList = Die ganze Playlist, ab diesem Video
embedFrame = Einbettungscode: ein Frame
embedTag = Einbettungscode: ein Tag
copy = Kopieren
copied = Kopiert
copyByKeys = Diese Seite darf nicht kopieren. Der Text ist markiert: Drücken Sie { $keys }.
copyByTouch = Diese Seite darf nicht kopieren. Der Text ist markiert: Halten Sie ihn gedrückt und wählen Sie Kopieren.
shareWithApp = Mit einer App teilen
nothingToShare = Dieses Video hat keine Adresse, die sich teilen ließe.

fault-missing = Unter dieser Adresse ist nichts zu finden.
fault-refused = Der Server hat die Auslieferung abgelehnt.
fault-unreachable = Der Server antwortet nicht.
fault-incomplete = Ein Teil des Players konnte nicht geladen werden.
fault-unsupported = Dieser Browser kann dieses Video nicht abspielen.
fault-hindered = Die Einstellungen dieser Seite hindern den Player an der Arbeit.
fault-damaged = Das Video ist beschädigt oder in einer Form, die sich nicht lesen lässt.
fault-unreadable = Die Playlist ist beschädigt oder in einer Form, die sich nicht lesen lässt.
fault-locked = Das Video ist geschützt und lässt sich hier nicht entsperren.
fault-stuck = Die Wiedergabe kommt nicht weiter.
fault-crashed = Der Player hat selbst einen Fehler gemacht.
fault-elsewhere = Der Eigentümer erlaubt dieser Website nicht, das Video zu zeigen.
fault-members = Dieses Video ist nur für Mitglieder seiner Instanz.
fault-forbidden = Dieses Video darf hier nicht angesehen werden.
fault-no-video = Dieses Video gibt es auf dieser Instanz nicht.
fault-no-playlist = Diese Playlist gibt es auf dieser Instanz nicht.
fault-video-gone = Dieses Video wurde gelöscht.
fault-playlist-gone = Diese Playlist wurde gelöscht.
fault-too-often = Aus Ihrem Netz kamen zu viele Anfragen.
fault-trouble = Die Instanz hat gerade Schwierigkeiten.
fault-waiting = Diese Live-Übertragung hat noch nicht begonnen.
fault-over = Diese Live-Übertragung ist vorbei.
fault-blocked = Dieses Video ist auf seiner Instanz gesperrt.
fault-unprepared = Dieses Video konnte von seiner Instanz nicht aufbereitet werden.
fault-preparing = Dieses Video wird noch aufbereitet.

hint-address = Vielleicht wurde es entfernt, oder die Adresse ist falsch.
hint-later = Ein späterer Versuch kann helfen.
hint-connection = Vielleicht ist Ihre Verbindung unterbrochen. Ein späterer Versuch kann helfen.
hint-reload = Die Seite neu zu laden kann helfen.
hint-browser = Vielleicht läuft es in einem anderen Browser oder in einer neueren Version.
hint-site = Wer diese Website betreibt, kann das ändern.
hint-publisher = Wer es veröffentlicht hat, kann das beheben.
hint-there = Vielleicht ist es auf seiner eigenen Instanz zu sehen.
hint-instance = Das entscheidet seine Instanz.
hint-soon = Es läuft, sobald es so weit ist.
hint-replay = Vielleicht kommt sie als Video wieder.

# What is opened on purpose.
back = Zurück
speed = Geschwindigkeit
normal = Normal
look-title = Aussehen der Untertitel
look-size = Textgröße
look-font = Schrift
look-ink = Textfarbe
look-inkShare = Deckkraft des Textes
look-ground = Hintergrundfarbe
look-groundShare = Deckkraft des Hintergrunds
look-window = Fensterfarbe
look-windowShare = Deckkraft des Fensters
look-edge = Ränder der Buchstaben
look-reset = Zurücksetzen
fonts-sans = Serifenlos
fonts-serif = Serifen
fonts-mono = Feste Breite
fonts-casual = Locker
fonts-script = Schreibschrift
fonts-capitals = Kapitälchen
colours-white = Weiß
colours-yellow = Gelb
colours-green = Grün
colours-cyan = Cyan
colours-blue = Blau
colours-magenta = Magenta
colours-red = Rot
colours-black = Schwarz
edges-none = Keine
edges-shadow = Schlagschatten
edges-raised = Erhaben
edges-depressed = Vertieft
edges-outline = Umriss
statistics = Statistik
figures-frame = Player
figures-quality = Bild
figures-frames = Bilder: gezeigt, ausgelassen
figures-codecs = Codecs
figures-buffer = Im Voraus geladen
figures-throughput = Tempo des Servers
figures-latency = Hinter dem Live-Punkt
figures-begin = Erstes Bild nach
figures-stalls = Unterbrechungen
figures-peers = Verbundene Zuschauer
figures-segments = Segmente: Server, Zuschauer, abgelehnt
figures-version = Version
keys = Tastenkürzel
does-play = Abspielen oder anhalten
does-short = 5 Sekunden zurück oder vor
does-long = 10 Sekunden zurück oder vor
does-volume = Lauter oder leiser
does-mute = Ton aus oder an
does-captions = Untertitel aus oder an
does-fullscreen = Vollbild
does-pip = Bild im Bild
does-theatre = Breite Ansicht
does-tenths = Zu einem Zehntel des Videos
does-ends = An den Anfang oder das Ende
does-speed = Langsamer oder schneller
does-frame = Ein Bild zurück oder vor, angehalten
does-chapter = Voriges oder nächstes Kapitel
does-item = Voriges oder nächstes Video
does-help = Diese Liste
theatre = Breite Ansicht
popOut = In eigenem Fenster öffnen
limit = Höchstens hochladen
report = Dieses Video melden
reportTo = Deine Meldung geht an die Betreiber von { $who }. Sie entscheiden, was mit dem Video geschieht.
reportThere = Die Seite des Videos öffnet sich bei { $time }. Dort steht „Melden“ im Menü unter dem Bild. Schreib, was nicht in Ordnung ist und wann es zu sehen ist.
reportOpen = Zu { $who }
search-field = Videos suchen
search-go = Suchen
search-filters = Filter
search-any = Alle
search-language = Sprache
search-licence = Lizenz
search-length = Länge
search-lengths-short = Unter 4 Minuten
search-lengths-medium = 4 bis 20 Minuten
search-lengths-long = Über 20 Minuten
search-live = Livestreams
search-onAir = Jetzt live
search-recorded = Nicht live
search-order = Reihenfolge
search-best = Beste Treffer
search-newest = Neueste zuerst
search-sensitiveToo = Auch heikle Videos
search-sensitive = Heikel
search-searching = Suche läuft …
search-none = Keine Videos gefunden.
search-failed = Die Suche ist fehlgeschlagen.
search-more = Weitere Videos
foundVideos = 
    { $n ->
        [one] { $n } Video gefunden
       *[other] { $n } Videos gefunden
    }
anotherScreen = Auf einem anderen Bildschirm abspielen
onAnotherScreen = Läuft auf einem anderen Bildschirm
