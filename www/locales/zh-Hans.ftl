# Chinese, simplified characters. Others are “观众”.

player = 视频播放器
controls = 播放器控件

play = 播放
pause = 暂停
replay = 重新播放
loading = 正在加载
mute = 静音
unmute = 取消静音
volume = 音量
seek = 播放进度
position = { $at }，共 { $of }
behindLive = 落后直播 { $time }
live = 直播
goLive = 跳到直播
fullscreen = 全屏
leaveFullscreen = 退出全屏
pictureInPicture = 画中画

captions = 字幕
captionsOff = 关闭
captionTrack = 轨道 { $n }
quality = 画质
auto = 自动
autoNow = 自动（{ $now }）
automatic = { $language }（自动生成）
audio = 音轨
close = 关闭

peers = 其他观众
peersNow =
    { $n ->
        [0] 与其他观众共享
       *[other] 已连接 { $n } 位其他观众
    }
panelTitle = 一起观看
share = 与其他观众共享
sharing-off = 共享已关闭。所有内容都来自服务器。
sharing-asking = 未经你允许，不会共享任何内容。所有内容都来自服务器。
sharing-unverifiable = 此视频没有公布校验和，因此不会从其他观众处获取内容。所有内容都来自服务器。
sharing-unlisted = 服务器没有为此视频列出观众群组。所有内容都来自服务器。
sharing-alone = 目前联系不到其他人。所有内容都来自服务器。
sharing-active = 目前没有其他人连接。
sharedBy = 你和 { $peers } 位其他观众互相帮助。你看过的内容有 { $share } 来自他们。
stopped = 你已停止共享。所有内容都来自服务器。
fromServer = 来自服务器
fromPeers = 来自其他观众
toPeers = 发给其他观众
chart = 最近一分钟的流量：来自服务器、来自其他观众、发给其他观众

p2pWarning = 与你同时观看的人可能会知道你的 IP 地址。
watchOn = 在 { $host } 上观看

passwordTitle = 此视频需要密码
passwordWrong = 密码不正确，请重试。
password = 密码
watch = 观看

sensitiveTitle = 并非适合所有人
sensitive = 发布者表示这是敏感内容。
sensitiveViolent = 含有暴力画面。
sensitiveExplicit = 含有露骨的性内容。

consentTitle = 与其他观众共享？
consentText = 观众之间会互相传送视频片段。他们和跟踪服务器可以看到你的 IP 地址。
allow = 允许
notNow = 暂不

retry = 重试
errorTitle-origin = 视频的服务器没有提供内容
errorTitle-peer = 其他观众没有提供内容
errorTitle-media = 无法播放此视频
errorTitle-browser = 此页面无法播放该视频
errorTitle-player = 播放器出错
errorCode = 代码：{ $name }

playlist = 播放列表
itemOf = { $n } / { $of }
next = 下一个
previous = 上一个
watched = 已看 { $share }
shuffle = 随机播放
round = 循环播放列表
find = 搜索此播放列表
found = 找到 { $n } 个视频
nextIn = { $time }后播放下一个
playNow = 立即播放
cancel = 取消
unavailable = 不可用
playing = 正在播放第 { $n } 个，共 { $of } 个：{ $title }
skipped = 不可用，已跳过：{ $title }
untitled = 视频 { $n }
playlistEmpty = 此播放列表没有视频。
playlistFailed = 无法加载播放列表。

standing-waiting-0 = 直播尚未开始
standing-waiting-1 = 开始后会在这里自动播放。
standing-pausing-0 = 直播目前中断
standing-pausing-1 = 恢复后会在这里自动继续。
standing-ended-0 = 直播已结束
standing-ended-1 = 感谢观看。如果成为视频，会出现在这里。
standing-transcoding-0 = 此视频正在处理
standing-transcoding-1 = 处理完成后会出现在这里。
standing-blocked-0 = 此视频已被屏蔽
standing-blocked-1 = 这是其网站管理员的决定。
standing-unavailable-0 = 此视频不可用
standing-unavailable-1 = 其网站未能处理此视频。
begins = 开始时间：{ $date }。
beginsIn = { $time }后开始。
beginsNow = 随时可能开始。
fromElsewhere = 此视频来自 { $host }，对方可以看到你的 IP 地址。
chapters = 章节
chapter = 第 { $n } 章
shareVideo = 分享此视频
pictureMenu = 此视频
shareTitle = 分享
loop = 循环播放
copyLink = 复制链接
copyLinkAt = 复制 { $time } 处的链接
copyEmbed = 复制嵌入代码
shareMore = 分享…
shareLink = 链接
startAt = 从 { $time } 开始
wholeList = 整个播放列表，从此视频开始
embedFrame = 嵌入代码：框架
embedTag = 嵌入代码：标签
copy = 复制
copied = 已复制
copyByKeys = 此页面不能复制。文本已选中：请按 { $keys }。
copyByTouch = 此页面不能复制。文本已选中：请长按，然后选择“复制”。
shareWithApp = 通过应用分享
nothingToShare = 此视频没有可分享的地址。

fault-missing = 此地址没有任何内容。
fault-refused = 服务器拒绝提供。
fault-unreachable = 服务器没有响应。
fault-incomplete = 播放器的一部分无法加载。
fault-unsupported = 此浏览器无法播放此视频。
fault-hindered = 此页面的设置使播放器无法工作。
fault-damaged = 视频已损坏，或格式无法读取。
fault-unreadable = 播放列表已损坏，或格式无法读取。
fault-locked = 视频受保护，无法在此解锁。
fault-stuck = 播放停滞不前。
fault-crashed = 播放器发生内部错误。
fault-elsewhere = 视频所有者不允许此网站播放。
fault-members = 此视频仅供其实例的成员观看。
fault-forbidden = 此视频不能在这里观看。
fault-no-video = 此实例上没有这个视频。
fault-no-playlist = 此实例上没有这个播放列表。
fault-video-gone = 此视频已被删除。
fault-playlist-gone = 此播放列表已被删除。
fault-too-often = 来自你所在网络的请求过多。
fault-trouble = 该实例目前出现问题。
fault-waiting = 直播尚未开始。
fault-over = 直播已结束。
fault-blocked = 此视频已被其实例屏蔽。
fault-unprepared = 实例未能处理此视频。
fault-preparing = 此视频仍在处理中。

hint-address = 可能已被移除，或地址有误。
hint-later = 可以稍后再试。
hint-connection = 你的网络可能已断开。可以稍后再试。
hint-reload = 可以尝试重新加载页面。
hint-browser = 换用其他浏览器或更新的版本也许可以播放。
hint-site = 此网站的管理者可以更改。
hint-publisher = 发布者可以修复。
hint-there = 也许可以在其所属的实例上观看。
hint-instance = 这由其实例决定。
hint-soon = 准备好后会立即播放。
hint-replay = 之后可能会有回放视频。
