# Chinese, traditional characters, as written in Taiwan. Others are 「觀眾」.

player = 影片播放器
controls = 播放控制項

play = 播放
pause = 暫停
replay = 重新播放
loading = 載入中
mute = 靜音
unmute = 解除靜音
volume = 音量
seek = 播放進度
position = { $at }，共 { $of }
behindLive = 落後直播 { $time }
live = 直播
goLive = 跳至直播
fullscreen = 全螢幕
leaveFullscreen = 結束全螢幕
pictureInPicture = 子母畫面

captions = 字幕
captionsOff = 關閉
captionTrack = 軌道 { $n }
quality = 畫質
auto = 自動
autoNow = 自動（{ $now }）
automatic = { $language }（自動產生）
audio = 音軌
close = 關閉

peers = 其他觀眾
peersNow =
    { $n ->
        [0] 與其他觀眾分享
       *[other] 已連線到 { $n } 位其他觀眾
    }
panelTitle = 一起觀看
share = 與其他觀眾分享
sharing-off = 分享已關閉。所有內容都來自伺服器。
sharing-asking = 未經你允許，不會分享任何內容。所有內容都來自伺服器。
sharing-unverifiable = 這部影片沒有公布總和檢查碼，因此不會從其他觀眾取得內容。所有內容都來自伺服器。
sharing-unlisted = 伺服器沒有為這部影片列出觀眾群組。所有內容都來自伺服器。
sharing-alone = 目前聯絡不到其他人。所有內容都來自伺服器。
sharing-active = 目前沒有其他人連線。
sharedBy = 你和 { $peers } 位其他觀眾互相幫忙。你看過的內容有 { $share } 來自他們。
stopped = 你已停止分享。所有內容都來自伺服器。
fromServer = 來自伺服器
fromPeers = 來自其他觀眾
toPeers = 傳給其他觀眾
chart = 最近一分鐘的流量：來自伺服器、來自其他觀眾、傳給其他觀眾

p2pWarning = 與你同時觀看的人可能會得知你的 IP 位址。
watchOn = 在 { $host } 上觀看

passwordTitle = 這部影片需要密碼
passwordWrong = 密碼不正確，請再試一次。
password = 密碼
watch = 觀看

sensitiveTitle = 並非適合所有人
sensitive = 發布者表示這是敏感內容。
sensitiveViolent = 含有暴力畫面。
sensitiveExplicit = 含有露骨的性內容。

consentTitle = 與其他觀眾分享？
consentText = 觀眾之間會互相傳送影片片段。他們和追蹤伺服器可以看到你的 IP 位址。
allow = 允許
notNow = 暫時不要

retry = 再試一次
errorTitle-origin = 影片的伺服器沒有提供內容
errorTitle-peer = 其他觀眾沒有提供內容
errorTitle-media = 無法播放這部影片
errorTitle-browser = 這個頁面無法播放影片
errorTitle-player = 播放器發生問題
errorCode = 代碼：{ $name }

playlist = 播放清單
itemOf = { $n } / { $of }
next = 下一部
previous = 上一部
watched = 已看 { $share }
shuffle = 隨機播放
round = 循環播放清單
find = 搜尋此播放清單
found = 找到 { $n } 部影片
nextIn = { $time }後播放下一部
playNow = 立即播放
cancel = 取消
unavailable = 無法觀看
playing = 正在播放第 { $n } 部，共 { $of } 部：{ $title }
skipped = 無法觀看，已略過：{ $title }
untitled = 影片 { $n }
playlistEmpty = 這個播放清單沒有影片。
playlistFailed = 無法載入播放清單。

standing-waiting-0 = 直播尚未開始
standing-waiting-1 = 開始後會在這裡自動播放。
standing-pausing-0 = 直播目前中斷
standing-pausing-1 = 恢復後會在這裡自動繼續。
standing-ended-0 = 直播已結束
standing-ended-1 = 感謝觀看。如果成為影片，會出現在這裡。
standing-transcoding-0 = 這部影片正在處理
standing-transcoding-1 = 處理完成後會出現在這裡。
standing-blocked-0 = 這部影片已被封鎖
standing-blocked-1 = 這是其網站管理員的決定。
standing-unavailable-0 = 這部影片無法觀看
standing-unavailable-1 = 其網站未能處理這部影片。
begins = 開始時間：{ $date }。
beginsIn = { $time }後開始。
beginsNow = 隨時可能開始。
fromElsewhere = 這部影片來自 { $host }，對方可以看到你的 IP 位址。
chapters = 章節
chapter = 第 { $n } 章
shareVideo = 分享這部影片
pictureMenu = 這部影片
shareTitle = 分享
loop = 循環播放
copyLink = 複製連結
copyLinkAt = 複製 { $time } 處的連結
copyEmbed = 複製嵌入程式碼
shareMore = 分享…
shareLink = 連結
startAt = 從 { $time } 開始
wholeList = 整個播放清單，從這部影片開始
embedFrame = 嵌入程式碼：框架
embedTag = 嵌入程式碼：標籤
copy = 複製
copied = 已複製
copyByKeys = 這個頁面無法複製。文字已選取：請按 { $keys }。
copyByTouch = 這個頁面無法複製。文字已選取：請長按，然後選擇「複製」。
shareWithApp = 透過應用程式分享
nothingToShare = 這部影片沒有可分享的網址。

fault-missing = 這個網址沒有任何內容。
fault-refused = 伺服器拒絕提供。
fault-unreachable = 伺服器沒有回應。
fault-incomplete = 播放器的一部分無法載入。
fault-unsupported = 這個瀏覽器無法播放這部影片。
fault-hindered = 這個頁面的設定使播放器無法運作。
fault-damaged = 影片已損壞，或格式無法讀取。
fault-unreadable = 播放清單已損壞，或格式無法讀取。
fault-locked = 影片受到保護，無法在此解鎖。
fault-stuck = 播放停滯不前。
fault-crashed = 播放器發生內部錯誤。
fault-elsewhere = 影片擁有者不允許這個網站播放。
fault-members = 這部影片僅供其站台的成員觀看。
fault-forbidden = 這部影片不能在這裡觀看。
fault-no-video = 這個站台上沒有這部影片。
fault-no-playlist = 這個站台上沒有這個播放清單。
fault-video-gone = 這部影片已被刪除。
fault-playlist-gone = 這個播放清單已被刪除。
fault-too-often = 來自你所在網路的要求過多。
fault-trouble = 這個站台目前發生問題。
fault-waiting = 直播尚未開始。
fault-over = 直播已結束。
fault-blocked = 這部影片已被其站台封鎖。
fault-unprepared = 站台未能處理這部影片。
fault-preparing = 這部影片仍在處理中。

hint-address = 可能已被移除，或網址有誤。
hint-later = 可以稍後再試。
hint-connection = 你的網路可能已中斷。可以稍後再試。
hint-reload = 可以試著重新載入頁面。
hint-browser = 換用其他瀏覽器或更新的版本也許可以播放。
hint-site = 這個網站的管理者可以變更。
hint-publisher = 發布者可以修正。
hint-there = 也許可以在其所屬的站台上觀看。
hint-instance = 這由其站台決定。
hint-soon = 準備好後會立即播放。
hint-replay = 之後可能會有重播影片。
