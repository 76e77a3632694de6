# Brazilian Portuguese. Viewers are addressed as “você”, others are “espectadores”.

player = Player de vídeo
controls = Controles do player

play = Reproduzir
pause = Pausar
replay = Assistir de novo
loading = Carregando
mute = Desativar o som
unmute = Ativar o som
volume = Volume
seek = Posição
position = { $at } de { $of }
behindLive = { $time } atrás da transmissão ao vivo
live = Ao vivo
goLive = Ir para a transmissão ao vivo
fullscreen = Tela cheia
leaveFullscreen = Sair da tela cheia
pictureInPicture = Picture-in-picture

captions = Legendas
captionsOff = Desativadas
captionTrack = Faixa { $n }
settings = Configurações
quality = Qualidade
auto = Automática
autoNow = Automática ({ $now })
automatic = { $language } (geradas automaticamente)
audio = Áudio
close = Fechar

peers = Outros espectadores
peersNow =
    { $n ->
        [0] Compartilhar com outros espectadores
        [one] Em conexão com mais { $n } espectador
       *[other] Em conexão com mais { $n } espectadores
    }
panelTitle = Assistindo em conjunto
share = Compartilhar com outros espectadores
sharing-off = O compartilhamento está desativado. Tudo vem do servidor.
sharing-asking = Nada é compartilhado sem a sua permissão. Tudo vem do servidor.
sharing-unverifiable = Não há somas de verificação publicadas para este vídeo; por isso, nada é recebido de outros espectadores. Tudo vem do servidor.
sharing-unlisted = O servidor não indica nenhum grupo de espectadores para este vídeo. Tudo vem do servidor.
sharing-alone = Ninguém mais pode ser alcançado no momento. Tudo vem do servidor.
sharing-active = Ninguém mais está conectado no momento.
sharedBy =
    { $peers ->
        [one] Você e mais { $peers } espectador se ajudam.
       *[other] Você e mais { $peers } espectadores se ajudam.
    } { $share } do que você assistiu veio daí.
stopped = Você parou de compartilhar. Tudo vem do servidor.
fromServer = Do servidor
fromPeers = De outros espectadores
toPeers = Para outros espectadores
chart = Tráfego do último minuto: do servidor, de outros espectadores e para outros espectadores
swarmMap = Mapa do enxame
sendingNow = Enviando para você agora
receivingNow = Recebendo de você agora

p2pWarning = Quem assiste junto com você pode descobrir seu endereço IP.
watchOn = Assistir em { $host }

passwordTitle = Este vídeo pede uma senha
passwordWrong = Não era a senha certa. Tente de novo.
password = Senha
watch = Assistir

sensitiveTitle = Não é para todos
sensitive = Quem publicou avisa que o conteúdo é sensível.
sensitiveViolent = Mostra violência.
sensitiveExplicit = É sexualmente explícito.

consentTitle = Compartilhar com outros espectadores?
consentText = Os espectadores então passam partes do vídeo uns aos outros. Eles e o rastreador podem ver seu endereço IP.
allow = Permitir
notNow = Agora não

retry = Tentar de novo
errorTitle-origin = O servidor do vídeo não entregou
errorTitle-peer = Outros espectadores não entregaram
errorTitle-media = Este vídeo não pode ser reproduzido
errorTitle-browser = Esta página não consegue reproduzir o vídeo
errorTitle-player = O player falhou
errorCode = Código: { $name }

playlist = Playlist
itemOf = { $n } de { $of }
next = Próximo
previous = Anterior
watched = { $share } assistido
shuffle = Ordem aleatória
round = Repetir a lista
find = Buscar nesta lista
found =
    { $n ->
        [one] { $n } vídeo encontrado
       *[other] { $n } vídeos encontrados
    }
nextIn = O próximo em { $time }
playNow = Reproduzir agora
cancel = Cancelar
unavailable = Indisponível
playing = Reproduzindo { $n } de { $of }: { $title }
skipped = Pulado por estar indisponível: { $title }
untitled = Vídeo { $n }
playlistEmpty = Esta playlist não tem vídeos.
playlistFailed = Não foi possível carregar a playlist.

standing-waiting-0 = Esta transmissão ainda não começou
standing-waiting-1 = Ela começa aqui por si só.
standing-pausing-0 = Esta transmissão está em pausa
standing-pausing-1 = Quando continuar, continuará aqui por si só.
standing-ended-0 = Esta transmissão terminou
standing-ended-1 = Obrigado por assistir. Se virar um vídeo, ele estará aqui.
standing-transcoding-0 = Este vídeo está sendo preparado
standing-transcoding-1 = Quando estiver pronto, estará aqui.
standing-blocked-0 = Este vídeo foi bloqueado
standing-blocked-1 = A moderação do site dele decidiu isso.
standing-unavailable-0 = Este vídeo não está disponível
standing-unavailable-1 = O site dele não conseguiu prepará-lo.
begins = Começa: { $date }.
beginsIn = Começa em { $time }.
beginsNow = Deve começar a qualquer momento.
fromElsewhere = Este vídeo vem de { $host }, que pode ver seu endereço IP.
faster = Velocidade dupla
forth = { $time } adiante
backBy = { $time } para trás
chapters = Capítulos
chapter = Capítulo { $n }
shareVideo = Compartilhar este vídeo
pictureMenu = Este vídeo
shareTitle = Compartilhar
loop = Repetir
copyLink = Copiar link
copyLinkAt = Copiar link em { $time }
copyEmbed = Copiar código de incorporação
shareMore = Compartilhar…
shareLink = Link
startAt = Começar em { $time }
wholeList = A playlist inteira, a partir deste vídeo
embedFrame = Código de incorporação: um quadro
embedTag = Código de incorporação: uma tag
copy = Copiar
copied = Copiado
copyByKeys = Esta página não pode copiar. O texto está selecionado: pressione { $keys }.
copyByTouch = Esta página não pode copiar. O texto está selecionado: toque nele sem soltar e escolha Copiar.
shareWithApp = Compartilhar com um aplicativo
nothingToShare = Este vídeo não tem um endereço para compartilhar.

fault-missing = Não há nada neste endereço.
fault-refused = O servidor se recusou a entregar.
fault-unreachable = O servidor não responde.
fault-incomplete = Uma parte do player não pôde ser carregada.
fault-unsupported = Este navegador não consegue reproduzir este vídeo.
fault-hindered = As configurações desta página impedem o funcionamento do player.
fault-damaged = O vídeo está danificado ou em um formato ilegível.
fault-unreadable = A playlist está danificada ou em um formato ilegível.
fault-locked = O vídeo é protegido e não pode ser desbloqueado aqui.
fault-stuck = A reprodução não avança.
fault-crashed = O player cometeu um erro interno.
fault-elsewhere = O autor não permite que este site mostre o vídeo.
fault-members = Este vídeo é só para membros da sua instância.
fault-forbidden = Este vídeo não pode ser assistido aqui.
fault-no-video = Este vídeo não existe nesta instância.
fault-no-playlist = Esta playlist não existe nesta instância.
fault-video-gone = Este vídeo foi excluído.
fault-playlist-gone = Esta playlist foi excluída.
fault-too-often = Vieram pedidos demais da sua rede.
fault-trouble = A instância está com problemas no momento.
fault-waiting = Esta transmissão ainda não começou.
fault-over = Esta transmissão terminou.
fault-blocked = Este vídeo foi bloqueado na instância dele.
fault-unprepared = A instância não conseguiu preparar este vídeo.
fault-preparing = Este vídeo ainda está sendo preparado.

hint-address = Talvez tenha sido removido, ou o endereço esteja errado.
hint-later = Tentar mais tarde pode ajudar.
hint-connection = Talvez sua conexão tenha caído. Tentar mais tarde pode ajudar.
hint-reload = Recarregar a página pode ajudar.
hint-browser = Talvez funcione em outro navegador ou em uma versão mais nova.
hint-site = Quem cuida deste site pode mudar isso.
hint-publisher = Quem publicou pode corrigir isso.
hint-there = Talvez dê para assistir na própria instância.
hint-instance = Quem decide isso é a instância.
hint-soon = Começa assim que estiver pronto.
hint-replay = Talvez volte como vídeo.

# What is opened on purpose.
back = Voltar
speed = Velocidade
normal = Normal
look-title = Estilo das legendas
look-size = Tamanho do texto
look-font = Fonte
look-ink = Cor do texto
look-inkShare = Opacidade do texto
look-ground = Cor do fundo
look-groundShare = Opacidade do fundo
look-window = Cor da janela
look-windowShare = Opacidade da janela
look-edge = Bordas das letras
look-reset = Restaurar
fonts-sans = Sem serifa
fonts-serif = Com serifa
fonts-mono = Largura fixa
fonts-casual = Informal
fonts-script = Manuscrita
fonts-capitals = Versalete
colours-white = Branco
colours-yellow = Amarelo
colours-green = Verde
colours-cyan = Ciano
colours-blue = Azul
colours-magenta = Magenta
colours-red = Vermelho
colours-black = Preto
edges-none = Nenhuma
edges-shadow = Sombra
edges-raised = Em relevo
edges-depressed = Afundado
edges-outline = Contorno
statistics = Estatísticas
figures-frame = Player
figures-quality = Imagem
figures-frames = Quadros: exibidos, perdidos
figures-codecs = Codecs
figures-buffer = Carregado à frente
figures-throughput = Velocidade do servidor
figures-latency = Atrás do ao vivo
figures-begin = Primeira imagem após
figures-stalls = Interrupções
figures-peers = Espectadores conectados
figures-segments = Segmentos: servidor, espectadores, recusados
figures-version = Versão
keys = Atalhos do teclado
does-play = Reproduzir ou pausar
does-short = 5 segundos para trás ou adiante
does-long = 10 segundos para trás ou adiante
does-volume = Aumentar ou baixar o volume
does-mute = Tirar ou pôr o som
does-captions = Tirar ou pôr legendas
does-fullscreen = Tela cheia
does-pip = Picture-in-picture
does-theatre = Visão ampla
does-tenths = Um décimo do vídeo
does-ends = Ao início ou ao fim
does-speed = Mais lento ou mais rápido
does-frame = Um quadro para trás ou adiante, em pausa
does-chapter = Capítulo anterior ou seguinte
does-item = Vídeo anterior ou seguinte
does-help = Esta lista
theatre = Visão ampla
popOut = Abrir em uma janela própria
limit = Enviar no máximo
report = Denunciar este vídeo
reportTo = Sua denúncia vai para quem administra { $who }. São essas pessoas que decidem o que acontece com o vídeo.
reportThere = A página do vídeo abre em { $time }. Lá você encontra “Denunciar” no menu abaixo da imagem. Diga o que está errado e quando aparece.
reportOpen = Ir para { $who }
search-field = Buscar vídeos
search-go = Buscar
search-filters = Filtros
search-any = Todos
search-language = Idioma
search-licence = Licença
search-length = Duração
search-lengths-short = Menos de 4 minutos
search-lengths-medium = De 4 a 20 minutos
search-lengths-long = Mais de 20 minutos
search-live = Ao vivo
search-onAir = Ao vivo agora
search-recorded = Gravados
search-order = Ordem
search-best = Mais relevantes
search-newest = Mais recentes primeiro
search-sensitiveToo = Também vídeos sensíveis
search-sensitive = Sensível
search-searching = Buscando…
search-none = Nenhum vídeo encontrado.
search-failed = A busca falhou.
search-more = Mais vídeos
foundVideos = 
    { $n ->
        [one] { $n } vídeo encontrado
       *[other] { $n } vídeos encontrados
    }
anotherScreen = Reproduzir em outra tela
onAnotherScreen = Reproduzindo em outra tela
