# Spanish. Viewers are addressed as «tú», without a region; others are «espectadores».

player = Reproductor de vídeo
controls = Controles del reproductor

play = Reproducir
pause = Pausa
replay = Ver otra vez
loading = Cargando
mute = Silenciar
unmute = Activar el sonido
volume = Volumen
seek = Posición
position = { $at } de { $of }
behindLive = { $time } por detrás del directo
live = En directo
goLive = Ir al directo
fullscreen = Pantalla completa
leaveFullscreen = Salir de pantalla completa
pictureInPicture = Imagen en imagen

captions = Subtítulos
captionsOff = Desactivados
captionTrack = Pista { $n }
settings = Ajustes
quality = Calidad
auto = Automática
autoNow = Automática ({ $now })
automatic = { $language } (generados automáticamente)
audio = Audio
close = Cerrar

peers = Otros espectadores
peersNow =
    { $n ->
        [0] Compartir con otros espectadores
        [one] Conexión con { $n } espectador más
       *[other] Conexión con { $n } espectadores más
    }
panelTitle = Ver en compañía
share = Compartir con otros espectadores
sharing-off = No se comparte nada. Todo viene del servidor.
sharing-asking = No se comparte nada sin tu permiso. Todo viene del servidor.
sharing-unverifiable = No se han publicado sumas de comprobación de este vídeo, así que no se toma nada de otros espectadores. Todo viene del servidor.
sharing-unlisted = El servidor no indica ningún grupo de espectadores para este vídeo. Todo viene del servidor.
sharing-alone = Ahora mismo no se puede llegar a nadie más. Todo viene del servidor.
sharing-active = Ahora mismo no hay nadie más en conexión.
sharedBy =
    { $peers ->
        [one] Ayuda mutua con { $peers } espectador más.
       *[other] Ayuda mutua con { $peers } espectadores más.
    } De ahí ha venido el { $share } de lo que has visto.
stopped = Has dejado de compartir. Todo viene del servidor.
fromServer = Del servidor
fromPeers = De otros espectadores
toPeers = A otros espectadores
chart = Tráfico del último minuto: del servidor, de otros espectadores y a otros espectadores
swarmMap = Mapa del enjambre
sendingNow = Te envían ahora
receivingNow = Reciben de ti ahora

p2pWarning = Quien vea esto al mismo tiempo puede conocer tu dirección IP.
watchOn = Ver en { $host }

passwordTitle = Este vídeo pide una contraseña
passwordWrong = No era esa. Prueba otra vez.
password = Contraseña
watch = Ver

sensitiveTitle = No es para todo el mundo
sensitive = Quien lo publica avisa de contenido delicado.
sensitiveViolent = Muestra violencia.
sensitiveExplicit = Es sexualmente explícito.

consentTitle = ¿Compartir con otros espectadores?
consentText = Los espectadores se pasan entonces partes del vídeo. Ellos y el rastreador pueden ver tu dirección IP.
allow = Permitir
notNow = Ahora no

retry = Reintentar
errorTitle-origin = El servidor del vídeo no ha respondido como debía
errorTitle-peer = Otros espectadores no han entregado nada
errorTitle-media = Este vídeo no se puede reproducir
errorTitle-browser = Esta página no puede reproducir el vídeo
errorTitle-player = El reproductor ha fallado
errorCode = Código: { $name }

playlist = Lista de reproducción
itemOf = { $n } de { $of }
next = Siguiente
previous = Anterior
watched = visto el { $share }
shuffle = Orden aleatorio
round = Repetir la lista
find = Buscar en esta lista
found =
    { $n ->
        [one] { $n } vídeo encontrado
       *[other] { $n } vídeos encontrados
    }
nextIn = El siguiente, en { $time }
playNow = Reproducir ahora
cancel = Cancelar
unavailable = No disponible
playing = Se reproduce { $n } de { $of }: { $title }
skipped = Omitido por no estar disponible: { $title }
untitled = Vídeo { $n }
playlistEmpty = Esta lista no tiene vídeos.
playlistFailed = No se ha podido cargar la lista.

standing-waiting-0 = Este directo aún no ha empezado
standing-waiting-1 = Empezará aquí por sí solo.
standing-pausing-0 = Este directo está en pausa
standing-pausing-1 = Cuando continúe, lo hará aquí por sí solo.
standing-ended-0 = Este directo ha terminado
standing-ended-1 = Gracias por verlo. Si se convierte en vídeo, estará aquí.
standing-transcoding-0 = Este vídeo se está preparando
standing-transcoding-1 = Cuando esté listo, estará aquí.
standing-blocked-0 = Este vídeo ha sido bloqueado
standing-blocked-1 = Así lo ha decidido la moderación de su sitio.
standing-unavailable-0 = Este vídeo no está disponible
standing-unavailable-1 = Su sitio no ha podido prepararlo.
begins = Empieza: { $date }.
beginsIn = Empieza dentro de { $time }.
beginsNow = Debería empezar en cualquier momento.
fromElsewhere = Este vídeo viene de { $host }, que puede ver tu dirección IP.
faster = Velocidad doble
forth = { $time } adelante
backBy = { $time } atrás
chapters = Capítulos
chapter = Capítulo { $n }
shareVideo = Compartir este vídeo
pictureMenu = Este vídeo
shareTitle = Compartir
loop = Reproducir en bucle
copyLink = Copiar enlace
copyLinkAt = Copiar enlace en { $time }
copyEmbed = Copiar código para insertar
shareMore = Compartir…
shareLink = Enlace
startAt = Empezar en { $time }
wholeList = Toda la lista, desde este vídeo
embedFrame = Código para insertar: un marco
embedTag = Código para insertar: una etiqueta
copy = Copiar
copied = Copiado
copyByKeys = Esta página no puede copiar. El texto está seleccionado: pulsa { $keys }.
copyByTouch = Esta página no puede copiar. El texto está seleccionado: mantenlo pulsado y elige Copiar.
shareWithApp = Compartir con una aplicación
nothingToShare = Este vídeo no tiene ninguna dirección que compartir.

fault-missing = No hay nada en esta dirección.
fault-refused = El servidor se ha negado a entregarlo.
fault-unreachable = El servidor no responde.
fault-incomplete = No se ha podido cargar una parte del reproductor.
fault-unsupported = Este navegador no puede reproducir este vídeo.
fault-hindered = Los ajustes de esta página no dejan funcionar al reproductor.
fault-damaged = El vídeo está dañado, o en un formato ilegible.
fault-unreadable = La lista está dañada, o en un formato ilegible.
fault-locked = El vídeo está protegido y aquí no se puede desbloquear.
fault-stuck = La reproducción no avanza.
fault-crashed = El reproductor ha tenido un error interno.
fault-elsewhere = Su autor no permite que este sitio muestre el vídeo.
fault-members = Este vídeo es solo para miembros de su instancia.
fault-forbidden = Este vídeo no se puede ver aquí.
fault-no-video = Este vídeo no existe en esta instancia.
fault-no-playlist = Esta lista no existe en esta instancia.
fault-video-gone = Este vídeo ha sido eliminado.
fault-playlist-gone = Esta lista ha sido eliminada.
fault-too-often = Han llegado demasiadas solicitudes de tu red.
fault-trouble = La instancia tiene problemas en este momento.
fault-waiting = Este directo aún no ha empezado.
fault-over = Este directo ha terminado.
fault-blocked = Este vídeo está bloqueado en su instancia.
fault-unprepared = La instancia no ha podido preparar este vídeo.
fault-preparing = Este vídeo todavía se está preparando.

hint-address = Puede que se haya retirado, o que la dirección sea errónea.
hint-later = Puede ayudar intentarlo más tarde.
hint-connection = Quizá se haya cortado tu conexión. Puede ayudar intentarlo más tarde.
hint-reload = Puede ayudar recargar la página.
hint-browser = Quizá se reproduzca en otro navegador, o en una versión más reciente.
hint-site = Los responsables de este sitio pueden cambiarlo.
hint-publisher = Quien lo ha publicado puede arreglarlo.
hint-there = Quizá se pueda ver en su propia instancia.
hint-instance = Eso lo decide su instancia.
hint-soon = Se reproducirá en cuanto esté listo.
hint-replay = Quizá vuelva como vídeo.

# What is opened on purpose.
back = Atrás
speed = Velocidad
normal = Normal
look-title = Aspecto de los subtítulos
look-size = Tamaño del texto
look-font = Letra
look-ink = Color del texto
look-inkShare = Opacidad del texto
look-ground = Color del fondo
look-groundShare = Opacidad del fondo
look-window = Color del recuadro
look-windowShare = Opacidad del recuadro
look-edge = Bordes de las letras
look-reset = Restablecer
fonts-sans = Sin remates
fonts-serif = Con remates
fonts-mono = Ancho fijo
fonts-casual = Informal
fonts-script = Manuscrita
fonts-capitals = Versalitas
colours-white = Blanco
colours-yellow = Amarillo
colours-green = Verde
colours-cyan = Cian
colours-blue = Azul
colours-magenta = Magenta
colours-red = Rojo
colours-black = Negro
edges-none = Ninguno
edges-shadow = Sombra
edges-raised = En relieve
edges-depressed = Hundido
edges-outline = Contorno
statistics = Estadísticas
figures-frame = Reproductor
figures-quality = Imagen
figures-frames = Fotogramas: vistos, perdidos
figures-codecs = Códecs
figures-buffer = Cargado por delante
figures-throughput = Velocidad del servidor
figures-latency = Retraso respecto al directo
figures-begin = Primera imagen a los
figures-stalls = Interrupciones
figures-peers = Espectadores conectados
figures-segments = Segmentos: servidor, espectadores, rechazados
figures-version = Versión
keys = Atajos de teclado
does-play = Reproducir o pausar
does-short = 5 segundos atrás o adelante
does-long = 10 segundos atrás o adelante
does-volume = Más o menos volumen
does-mute = Quitar o poner el sonido
does-captions = Quitar o poner subtítulos
does-fullscreen = Pantalla completa
does-pip = Imagen en imagen
does-theatre = Vista ancha
does-tenths = Una décima parte del vídeo
does-ends = Al principio o al final
does-speed = Más lento o más rápido
does-frame = Un fotograma atrás o adelante, en pausa
does-chapter = Capítulo anterior o siguiente
does-item = Vídeo anterior o siguiente
does-help = Esta lista
theatre = Vista ancha
popOut = Abrir en su propia ventana
limit = Subir como máximo
report = Denunciar este vídeo
reportTo = Tu denuncia llega a quienes gestionan { $who }. Son ellos quienes deciden qué pasa con el vídeo.
reportThere = La página del vídeo se abre en { $time }. Allí encontrarás «Denunciar» en el menú bajo la imagen. Di qué está mal y cuándo se ve.
reportOpen = Ir a { $who }
search-field = Buscar vídeos
search-go = Buscar
search-filters = Filtros
search-any = Todos
search-language = Idioma
search-licence = Licencia
search-length = Duración
search-lengths-short = Menos de 4 minutos
search-lengths-medium = De 4 a 20 minutos
search-lengths-long = Más de 20 minutos
search-live = En directo
search-onAir = En directo ahora
search-recorded = No en directo
search-order = Orden
search-best = Más relevantes
search-newest = Más recientes primero
search-sensitiveToo = También vídeos delicados
search-sensitive = Delicado
search-searching = Buscando…
search-none = No se ha encontrado ningún vídeo.
search-failed = La búsqueda ha fallado.
search-more = Más vídeos
foundVideos = 
    { $n ->
        [one] { $n } vídeo encontrado
       *[other] { $n } vídeos encontrados
    }
anotherScreen = Reproducir en otra pantalla
onAnotherScreen = Reproduciéndose en otra pantalla
