# French. Viewers are addressed as « vous », others are « spectateurs ». Spaces before « : ; ? ! » do not break.

player = Lecteur vidéo
controls = Commandes du lecteur

play = Lecture
pause = Pause
replay = Revoir
loading = Chargement
mute = Couper le son
unmute = Rétablir le son
volume = Volume
seek = Position de lecture
position = { $at } sur { $of }
behindLive = { $time } de retard sur le direct
live = En direct
goLive = Revenir au direct
fullscreen = Plein écran
leaveFullscreen = Quitter le plein écran
pictureInPicture = Image dans l’image

captions = Sous-titres
captionsOff = Désactivés
captionTrack = Piste { $n }
settings = Réglages
quality = Qualité
auto = Auto
autoNow = Auto ({ $now })
automatic = { $language } (générés automatiquement)
audio = Audio
close = Fermer

peers = Autres spectateurs
peersNow =
    { $n ->
        [0] Partage avec d’autres spectateurs
        [one] Connecté à { $n } autre spectateur
       *[other] Connecté à { $n } autres spectateurs
    }
panelTitle = Regarder ensemble
share = Partager avec d’autres spectateurs
sharing-off = Le partage est désactivé. Tout vient du serveur.
sharing-asking = Rien n’est partagé sans votre accord. Tout vient du serveur.
sharing-unverifiable = Aucune somme de contrôle n’est publiée pour cette vidéo : rien n’est donc pris chez d’autres spectateurs. Tout vient du serveur.
sharing-unlisted = Le serveur n’indique aucun groupe de spectateurs pour cette vidéo. Tout vient du serveur.
sharing-alone = Personne d’autre n’est joignable pour l’instant. Tout vient du serveur.
sharing-active = Personne d’autre n’est connecté pour l’instant.
sharedBy =
    { $peers ->
        [one] { $peers } autre spectateur et vous vous aidez mutuellement.
       *[other] { $peers } autres spectateurs et vous vous aidez mutuellement.
    } { $share } de ce que vous avez regardé vient de là.
stopped = Vous avez arrêté le partage. Tout vient du serveur.
fromServer = Reçu du serveur
fromPeers = Reçu d’autres spectateurs
toPeers = Envoyé à d’autres spectateurs
chart = Échanges de la dernière minute : du serveur, d’autres spectateurs et vers d’autres spectateurs
swarmMap = Carte de l’essaim
sendingNow = Vous envoient en ce moment
receivingNow = Reçoivent de vous en ce moment

p2pWarning = Ceux qui regardent en même temps que vous peuvent connaître votre adresse IP.
watchOn = Regarder sur { $host }

passwordTitle = Cette vidéo demande un mot de passe
passwordWrong = Ce n’était pas le bon. Réessayez.
password = Mot de passe
watch = Regarder

sensitiveTitle = Pas pour tout le monde
sensitive = Son éditeur signale un contenu sensible.
sensitiveViolent = On y voit de la violence.
sensitiveExplicit = Il est sexuellement explicite.

consentTitle = Partager avec d’autres spectateurs ?
consentText = Les spectateurs se transmettent alors des parties de la vidéo. Eux et le traqueur peuvent voir votre adresse IP.
allow = Autoriser
notNow = Pas maintenant

retry = Réessayer
errorTitle-origin = Le serveur de la vidéo n’a pas répondu comme il faut
errorTitle-peer = Les autres spectateurs n’ont rien fourni
errorTitle-media = Cette vidéo ne peut pas être lue
errorTitle-browser = Cette page ne peut pas lire la vidéo
errorTitle-player = Le lecteur a échoué
errorCode = Code : { $name }

playlist = Liste de lecture
itemOf = { $n } sur { $of }
next = Suivante
previous = Précédente
watched = vu à { $share }
shuffle = Lecture aléatoire
round = Répéter la liste
find = Chercher dans cette liste
found =
    { $n ->
        [one] { $n } vidéo trouvée
       *[other] { $n } vidéos trouvées
    }
nextIn = La suivante dans { $time }
playNow = Lire maintenant
cancel = Annuler
unavailable = Non disponible
playing = Lecture de la vidéo { $n } sur { $of } : { $title }
skipped = Ignorée car non disponible : { $title }
untitled = Vidéo { $n }
playlistEmpty = Cette liste ne contient aucune vidéo.
playlistFailed = La liste de lecture n’a pas pu être chargée.

standing-waiting-0 = Ce direct n’a pas encore commencé
standing-waiting-1 = Il démarre ici de lui-même.
standing-pausing-0 = Ce direct est interrompu pour l’instant
standing-pausing-1 = Dès qu’il reprendra, il reprendra aussi ici.
standing-ended-0 = Ce direct est terminé
standing-ended-1 = Merci de l’avoir regardé. S’il devient une vidéo, elle sera ici.
standing-transcoding-0 = Cette vidéo est en préparation
standing-transcoding-1 = Une fois prête, elle sera ici.
standing-blocked-0 = Cette vidéo a été bloquée
standing-blocked-1 = La modération de son site en a décidé ainsi.
standing-unavailable-0 = Cette vidéo n’est pas disponible
standing-unavailable-1 = Son site n’a pas pu la préparer.
begins = Début : { $date }.
beginsIn = Début dans { $time }.
beginsNow = Il devrait commencer d’un instant à l’autre.
fromElsewhere = Cette vidéo vient de { $host }, qui peut voir votre adresse IP.
faster = Vitesse double
forth = { $time } plus loin
backBy = { $time } en arrière
chapters = Chapitres
chapter = Chapitre { $n }
shareVideo = Partager cette vidéo
pictureMenu = Cette vidéo
shareTitle = Partager
loop = Lire en boucle
copyLink = Copier le lien
copyLinkAt = Copier le lien à { $time }
copyEmbed = Copier le code d’intégration
shareMore = Partager…
shareLink = Lien
startAt = Démarrer à { $time }
wholeList = Toute la liste, à partir de cette vidéo
embedFrame = Code d’intégration : un cadre
embedTag = Code d’intégration : une balise
copy = Copier
copied = Copié
copyByKeys = Cette page n’a pas le droit de copier. Le texte est sélectionné : appuyez sur { $keys }.
copyByTouch = Cette page n’a pas le droit de copier. Le texte est sélectionné : appuyez longuement dessus, puis choisissez Copier.
shareWithApp = Partager avec une application
nothingToShare = Cette vidéo n’a pas d’adresse à partager.

fault-missing = Il n’y a rien à cette adresse.
fault-refused = Le serveur a refusé de la fournir.
fault-unreachable = Le serveur ne répond pas.
fault-incomplete = Une partie du lecteur n’a pas pu être chargée.
fault-unsupported = Ce navigateur ne peut pas lire cette vidéo.
fault-hindered = Les réglages de cette page empêchent le lecteur de fonctionner.
fault-damaged = La vidéo est endommagée, ou sous une forme illisible.
fault-unreadable = La liste est endommagée, ou sous une forme illisible.
fault-locked = La vidéo est protégée et ne peut pas être déverrouillée ici.
fault-stuck = La lecture n’avance plus.
fault-crashed = Le lecteur a rencontré une erreur interne.
fault-elsewhere = L’auteur de cette vidéo n’autorise pas ce site à la montrer.
fault-members = Cette vidéo est réservée aux membres de son instance.
fault-forbidden = Cette vidéo ne peut pas être regardée ici.
fault-no-video = Cette vidéo n’existe pas sur cette instance.
fault-no-playlist = Cette liste n’existe pas sur cette instance.
fault-video-gone = Cette vidéo a été supprimée.
fault-playlist-gone = Cette liste a été supprimée.
fault-too-often = Trop de demandes sont venues de votre réseau.
fault-trouble = L’instance a des difficultés en ce moment.
fault-waiting = Ce direct n’a pas encore commencé.
fault-over = Ce direct est terminé.
fault-blocked = Cette vidéo a été bloquée sur son instance.
fault-unprepared = L’instance n’a pas pu préparer cette vidéo.
fault-preparing = Cette vidéo est encore en préparation.

hint-address = Peut-être a-t-elle été retirée, ou l’adresse est-elle fausse.
hint-later = Réessayer plus tard peut aider.
hint-connection = Votre connexion est peut-être interrompue. Réessayer plus tard peut aider.
hint-reload = Recharger la page peut aider.
hint-browser = Elle sera peut-être lisible dans un autre navigateur, ou dans une version plus récente.
hint-site = Les responsables de ce site peuvent y remédier.
hint-publisher = La personne qui l’a publiée peut y remédier.
hint-there = Elle peut être regardée sur sa propre instance.
hint-instance = C’est son instance qui en décide.
hint-soon = Elle sera lue dès qu’elle sera prête.
hint-replay = Il reviendra peut-être sous forme de vidéo.

# What is opened on purpose.
back = Retour
speed = Vitesse
normal = Normale
look-title = Style des sous-titres
look-size = Taille du texte
look-font = Police
look-ink = Couleur du texte
look-inkShare = Opacité du texte
look-ground = Couleur du fond
look-groundShare = Opacité du fond
look-window = Couleur du cadre
look-windowShare = Opacité du cadre
look-edge = Contour des lettres
look-reset = Rétablir
fonts-sans = Sans empattement
fonts-serif = Avec empattement
fonts-mono = Chasse fixe
fonts-casual = Décontractée
fonts-script = Manuscrite
fonts-capitals = Petites capitales
colours-white = Blanc
colours-yellow = Jaune
colours-green = Vert
colours-cyan = Cyan
colours-blue = Bleu
colours-magenta = Magenta
colours-red = Rouge
colours-black = Noir
edges-none = Aucun
edges-shadow = Ombre portée
edges-raised = En relief
edges-depressed = En creux
edges-outline = Contour
statistics = Statistiques
figures-frame = Lecteur
figures-quality = Image
figures-frames = Images affichées, sautées
figures-codecs = Codecs
figures-buffer = Chargé d’avance
figures-throughput = Débit du serveur
figures-latency = Retard sur le direct
figures-begin = Première image après
figures-stalls = Interruptions
figures-peers = Spectateurs connectés
figures-segments = Segments : serveur, spectateurs, refusés
figures-version = Version
keys = Raccourcis clavier
does-play = Lire ou mettre en pause
does-short = 5 secondes en arrière ou en avant
does-long = 10 secondes en arrière ou en avant
does-volume = Plus ou moins fort
does-mute = Couper ou remettre le son
does-captions = Masquer ou afficher les sous-titres
does-fullscreen = Plein écran
does-pip = Image dans l’image
does-theatre = Vue large
does-tenths = Un dixième de la vidéo
does-ends = Au début ou à la fin
does-speed = Plus lent ou plus rapide
does-frame = Une image en arrière ou en avant, en pause
does-chapter = Chapitre précédent ou suivant
does-item = Vidéo précédente ou suivante
does-help = Cette liste
theatre = Vue large
popOut = Ouvrir dans sa propre fenêtre
limit = Envoyer au plus
report = Signaler cette vidéo
reportTo = Votre signalement parvient aux responsables de { $who }. Ce sont eux qui décident de la suite.
reportThere = La page de la vidéo s’ouvre à { $time }. Vous y trouverez « Signaler » dans le menu sous l’image. Dites ce qui ne va pas, et à quel moment on le voit.
reportOpen = Aller sur { $who }
search-field = Rechercher des vidéos
search-go = Rechercher
search-filters = Filtres
search-any = Tous
search-language = Langue
search-licence = Licence
search-length = Durée
search-lengths-short = Moins de 4 minutes
search-lengths-medium = De 4 à 20 minutes
search-lengths-long = Plus de 20 minutes
search-live = Direct
search-onAir = En direct maintenant
search-recorded = Hors direct
search-order = Ordre
search-best = Les plus pertinentes
search-newest = Les plus récentes d’abord
search-sensitiveToo = Vidéos sensibles aussi
search-sensitive = Sensible
search-searching = Recherche en cours…
search-none = Aucune vidéo trouvée.
search-failed = La recherche a échoué.
search-more = Plus de vidéos
foundVideos = 
    { $n ->
        [one] { $n } vidéo trouvée
       *[other] { $n } vidéos trouvées
    }
anotherScreen = Lire sur un autre écran
onAnotherScreen = Lecture sur un autre écran
