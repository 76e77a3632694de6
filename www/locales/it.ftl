# Italian. Viewers are addressed as «tu», others are «spettatori».

player = Lettore video
controls = Comandi del lettore

play = Riproduci
pause = Pausa
replay = Rivedi
loading = Caricamento
mute = Disattiva audio
unmute = Attiva audio
volume = Volume
seek = Posizione
position = { $at } di { $of }
behindLive = { $time } di ritardo sulla diretta
live = In diretta
goLive = Vai alla diretta
fullscreen = Schermo intero
leaveFullscreen = Esci da schermo intero
pictureInPicture = Picture in picture

captions = Sottotitoli
captionsOff = Disattivati
captionTrack = Traccia { $n }
settings = Impostazioni
quality = Qualità
auto = Automatica
autoNow = Automatica ({ $now })
automatic = { $language } (generati automaticamente)
audio = Audio
close = Chiudi

peers = Altri spettatori
peersNow =
    { $n ->
        [0] Condividi con altri spettatori
        [one] In contatto con { $n } altro spettatore
       *[other] In contatto con altri { $n } spettatori
    }
panelTitle = Guardare insieme
share = Condividi con altri spettatori
sharing-off = La condivisione è disattivata. Tutto arriva dal server.
sharing-asking = Nulla è condiviso senza il tuo consenso. Tutto arriva dal server.
sharing-unverifiable = Per questo video non sono pubblicate somme di controllo, quindi nulla viene preso da altri spettatori. Tutto arriva dal server.
sharing-unlisted = Il server non indica alcun gruppo di spettatori per questo video. Tutto arriva dal server.
sharing-alone = Al momento nessun altro è raggiungibile. Tutto arriva dal server.
sharing-active = Al momento nessun altro è collegato.
sharedBy =
    { $peers ->
        [one] Tu e { $peers } altro spettatore vi aiutate a vicenda.
       *[other] Tu e altri { $peers } spettatori vi aiutate a vicenda.
    } Da lì è arrivato il { $share } di ciò che hai visto.
stopped = Hai interrotto la condivisione. Tutto arriva dal server.
fromServer = Dal server
fromPeers = Da altri spettatori
toPeers = Ad altri spettatori
chart = Traffico dell’ultimo minuto: dal server, da altri spettatori e verso altri spettatori
swarmMap = Mappa dello sciame
sendingNow = Ti inviano ora
receivingNow = Ricevono da te ora

p2pWarning = Chi guarda insieme a te può conoscere il tuo indirizzo IP.
watchOn = Guarda su { $host }

passwordTitle = Questo video richiede una password
passwordWrong = Non era quella giusta. Riprova.
password = Password
watch = Guarda

sensitiveTitle = Non è per tutti
sensitive = Chi lo pubblica segnala contenuti delicati.
sensitiveViolent = Mostra violenza.
sensitiveExplicit = È sessualmente esplicito.

consentTitle = Condividere con altri spettatori?
consentText = Gli spettatori si passano allora parti del video. Loro e il tracker possono vedere il tuo indirizzo IP.
allow = Consenti
notNow = Non ora

retry = Riprova
errorTitle-origin = Il server del video non ha fornito nulla
errorTitle-peer = Gli altri spettatori non hanno fornito nulla
errorTitle-media = Questo video non può essere riprodotto
errorTitle-browser = Questa pagina non può riprodurre il video
errorTitle-player = Il lettore non ha funzionato
errorCode = Codice: { $name }

playlist = Playlist
itemOf = { $n } di { $of }
next = Successivo
previous = Precedente
watched = visto per il { $share }
shuffle = Ordine casuale
round = Ripeti la playlist
find = Cerca in questa playlist
found =
    { $n ->
        [one] { $n } video trovato
        [many] { $n } di video trovati
       *[other] { $n } video trovati
    }
nextIn = Il prossimo tra { $time }
playNow = Riproduci ora
cancel = Annulla
unavailable = Non disponibile
playing = In riproduzione { $n } di { $of }: { $title }
skipped = Saltato perché non disponibile: { $title }
untitled = Video { $n }
playlistEmpty = Questa playlist non contiene video.
playlistFailed = Non è stato possibile caricare la playlist.

standing-waiting-0 = Questa diretta non è ancora iniziata
standing-waiting-1 = Inizierà qui da sola.
standing-pausing-0 = Questa diretta è in pausa
standing-pausing-1 = Quando riprenderà, lo farà qui da sola.
standing-ended-0 = Questa diretta è finita
standing-ended-1 = Grazie per averla guardata. Se diventerà un video, sarà qui.
standing-transcoding-0 = Questo video è in preparazione
standing-transcoding-1 = Quando sarà pronto, sarà qui.
standing-blocked-0 = Questo video è stato bloccato
standing-blocked-1 = Lo ha deciso la moderazione del suo sito.
standing-unavailable-0 = Questo video non è disponibile
standing-unavailable-1 = Il suo sito non è riuscito a prepararlo.
begins = Inizio: { $date }.
beginsIn = Inizio tra { $time }.
beginsNow = Dovrebbe iniziare da un momento all’altro.
fromElsewhere = Questo video arriva da { $host }, che può vedere il tuo indirizzo IP.
faster = Velocità doppia
forth = { $time } avanti
backBy = { $time } indietro
chapters = Capitoli
chapter = Capitolo { $n }
shareVideo = Condividi questo video
pictureMenu = Questo video
shareTitle = Condividi
loop = Riproduci in loop
copyLink = Copia link
copyLinkAt = Copia link a { $time }
copyEmbed = Copia codice di incorporamento
shareMore = Condividi…
shareLink = Link
startAt = Inizia a { $time }
wholeList = Tutta la playlist, da questo video
embedFrame = Codice di incorporamento: un frame
embedTag = Codice di incorporamento: un tag
copy = Copia
copied = Copiato
copyByKeys = Questa pagina non può copiare. Il testo è selezionato: premi { $keys }.
copyByTouch = Questa pagina non può copiare. Il testo è selezionato: tienilo premuto e scegli Copia.
shareWithApp = Condividi con un’app
nothingToShare = Questo video non ha un indirizzo da condividere.

fault-missing = A questo indirizzo non c’è nulla.
fault-refused = Il server si è rifiutato di fornirlo.
fault-unreachable = Il server non risponde.
fault-incomplete = Una parte del lettore non è stata caricata.
fault-unsupported = Questo browser non può riprodurre questo video.
fault-hindered = Le impostazioni di questa pagina impediscono al lettore di funzionare.
fault-damaged = Il video è danneggiato, o in una forma illeggibile.
fault-unreadable = La playlist è danneggiata, o in una forma illeggibile.
fault-locked = Il video è protetto e qui non si può sbloccare.
fault-stuck = La riproduzione non va avanti.
fault-crashed = Il lettore ha avuto un errore interno.
fault-elsewhere = L’autore non permette a questo sito di mostrare il video.
fault-members = Questo video è riservato ai membri della sua istanza.
fault-forbidden = Questo video non può essere visto qui.
fault-no-video = Questo video non esiste su questa istanza.
fault-no-playlist = Questa playlist non esiste su questa istanza.
fault-video-gone = Questo video è stato eliminato.
fault-playlist-gone = Questa playlist è stata eliminata.
fault-too-often = Dalla tua rete sono arrivate troppe richieste.
fault-trouble = L’istanza è in difficoltà in questo momento.
fault-waiting = Questa diretta non è ancora iniziata.
fault-over = Questa diretta è finita.
fault-blocked = Questo video è stato bloccato sulla sua istanza.
fault-unprepared = L’istanza non è riuscita a preparare questo video.
fault-preparing = Questo video è ancora in preparazione.

hint-address = Forse è stato rimosso, o l’indirizzo è sbagliato.
hint-later = Può servire riprovare più tardi.
hint-connection = Forse la tua connessione è interrotta. Può servire riprovare più tardi.
hint-reload = Può servire ricaricare la pagina.
hint-browser = Forse funziona in un altro browser, o in una versione più recente.
hint-site = Chi gestisce questo sito può rimediare.
hint-publisher = Chi lo ha pubblicato può rimediare.
hint-there = Forse si può vedere sulla sua istanza.
hint-instance = Lo decide la sua istanza.
hint-soon = Partirà appena sarà pronto.
hint-replay = Forse tornerà come video.

# What is opened on purpose.
back = Indietro
speed = Velocità
normal = Normale
look-title = Aspetto dei sottotitoli
look-size = Dimensione del testo
look-font = Carattere
look-ink = Colore del testo
look-inkShare = Opacità del testo
look-ground = Colore dello sfondo
look-groundShare = Opacità dello sfondo
look-window = Colore del riquadro
look-windowShare = Opacità del riquadro
look-edge = Bordi delle lettere
look-reset = Ripristina
fonts-sans = Senza grazie
fonts-serif = Con grazie
fonts-mono = A larghezza fissa
fonts-casual = Informale
fonts-script = Corsivo
fonts-capitals = Maiuscoletto
colours-white = Bianco
colours-yellow = Giallo
colours-green = Verde
colours-cyan = Ciano
colours-blue = Blu
colours-magenta = Magenta
colours-red = Rosso
colours-black = Nero
edges-none = Nessuno
edges-shadow = Ombra
edges-raised = In rilievo
edges-depressed = Incavato
edges-outline = Contorno
statistics = Statistiche
figures-frame = Lettore
figures-quality = Immagine
figures-frames = Fotogrammi: mostrati, persi
figures-codecs = Codec
figures-buffer = Caricato in anticipo
figures-throughput = Velocità del server
figures-latency = Ritardo sulla diretta
figures-begin = Prima immagine dopo
figures-stalls = Interruzioni
figures-peers = Spettatori collegati
figures-segments = Segmenti: server, spettatori, rifiutati
figures-version = Versione
keys = Scorciatoie da tastiera
does-play = Riproduci o metti in pausa
does-short = 5 secondi indietro o avanti
does-long = 10 secondi indietro o avanti
does-volume = Volume su o giù
does-mute = Togli o rimetti l’audio
does-captions = Togli o metti i sottotitoli
does-fullscreen = Schermo intero
does-pip = Immagine nell’immagine
does-theatre = Vista larga
does-tenths = Un decimo del video
does-ends = All’inizio o alla fine
does-speed = Più lento o più veloce
does-frame = Un fotogramma indietro o avanti, in pausa
does-chapter = Capitolo precedente o successivo
does-item = Video precedente o successivo
does-help = Questo elenco
theatre = Vista larga
popOut = Apri in una finestra propria
limit = Invia al massimo
report = Segnala questo video
reportTo = La tua segnalazione arriva a chi gestisce { $who }. Sono loro a decidere che cosa ne sarà del video.
reportThere = La pagina del video si apre a { $time }. Lì trovi «Segnala» nel menu sotto l’immagine. Scrivi che cosa non va e quando si vede.
reportOpen = Vai a { $who }
search-field = Cerca video
search-go = Cerca
search-filters = Filtri
search-any = Tutti
search-language = Lingua
search-licence = Licenza
search-length = Durata
search-lengths-short = Meno di 4 minuti
search-lengths-medium = Da 4 a 20 minuti
search-lengths-long = Più di 20 minuti
search-live = Dirette
search-onAir = In diretta ora
search-recorded = Non in diretta
search-order = Ordine
search-best = Più pertinenti
search-newest = Prima i più recenti
search-sensitiveToo = Anche video sensibili
search-sensitive = Sensibile
search-searching = Ricerca in corso…
search-none = Nessun video trovato.
search-failed = La ricerca non è riuscita.
search-more = Altri video
foundVideos = 
    { $n ->
        [one] { $n } video trovato
        [many] { $n } di video trovati
       *[other] { $n } video trovati
    }
anotherScreen = Riproduci su un altro schermo
onAnotherScreen = In riproduzione su un altro schermo
