# Japanese. Buttons are nouns, sentences are です・ます; others are 「視聴者」.

player = 動画プレーヤー
controls = 操作

play = 再生
pause = 一時停止
replay = もう一度見る
loading = 読み込み中
mute = ミュート
unmute = ミュート解除
volume = 音量
seek = 再生位置
position = { $of } 中 { $at }
behindLive = ライブから { $time } 遅れ
live = ライブ
goLive = ライブに移動
fullscreen = 全画面
leaveFullscreen = 全画面を終了
pictureInPicture = ピクチャー イン ピクチャー

captions = 字幕
captionsOff = オフ
captionTrack = トラック { $n }
quality = 画質
auto = 自動
autoNow = 自動（{ $now }）
automatic = { $language }（自動生成）
audio = 音声
close = 閉じる

peers = ほかの視聴者
peersNow =
    { $n ->
        [0] ほかの視聴者との共有
       *[other] ほかの視聴者 { $n } 人と接続中
    }
panelTitle = 一緒に視聴
share = ほかの視聴者と共有する
sharing-off = 共有はオフです。すべてサーバーから届きます。
sharing-asking = 許可するまで何も共有されません。すべてサーバーから届きます。
sharing-unverifiable = この動画のチェックサムが公開されていないため、ほかの視聴者からは何も受け取りません。すべてサーバーから届きます。
sharing-unlisted = サーバーはこの動画の視聴者グループを示していません。すべてサーバーから届きます。
sharing-alone = 今はほかの誰にもつながりません。すべてサーバーから届きます。
sharing-active = 今はほかに誰も接続していません。
sharedBy = ほかの視聴者 { $peers } 人と助け合っています。視聴した分の { $share } がそこから届きました。
stopped = 共有を停止しました。すべてサーバーから届きます。
fromServer = サーバーから
fromPeers = ほかの視聴者から
toPeers = ほかの視聴者へ
chart = 直近 1 分間の通信量：サーバーから、ほかの視聴者から、ほかの視聴者へ

p2pWarning = 同時に視聴している人に、あなたの IP アドレスが知られる可能性があります。
watchOn = { $host } で見る

passwordTitle = この動画にはパスワードが必要です
passwordWrong = パスワードが違います。もう一度お試しください。
password = パスワード
watch = 見る

sensitiveTitle = 閲覧にご注意ください
sensitive = 投稿者によると、センシティブな内容です。
sensitiveViolent = 暴力的な場面があります。
sensitiveExplicit = 露骨な性的表現があります。

consentTitle = ほかの視聴者と共有しますか？
consentText = 視聴者どうしで動画の一部を受け渡します。相手とトラッカーにはあなたの IP アドレスが見えます。
allow = 許可する
notNow = 今はしない

retry = 再試行
errorTitle-origin = 動画のサーバーから届きませんでした
errorTitle-peer = ほかの視聴者から届きませんでした
errorTitle-media = この動画は再生できません
errorTitle-browser = このページでは動画を再生できません
errorTitle-player = プレーヤーに問題が起きました
errorCode = コード：{ $name }

playlist = 再生リスト
itemOf = { $n } / { $of }
next = 次へ
previous = 前へ
watched = { $share }視聴済み
shuffle = シャッフル
round = 再生リストを繰り返す
find = この再生リストを検索
found = { $n } 件見つかりました
nextIn = { $time }後に次の動画
playNow = 今すぐ再生
cancel = キャンセル
unavailable = 利用できません
playing = { $of } 本中 { $n } 本目を再生中：{ $title }
skipped = 利用できないためスキップ：{ $title }
untitled = 動画 { $n }
playlistEmpty = この再生リストには動画がありません。
playlistFailed = 再生リストを読み込めませんでした。

standing-waiting-0 = このライブはまだ始まっていません
standing-waiting-1 = 始まると、ここで自動的に再生されます。
standing-pausing-0 = このライブは現在中断しています
standing-pausing-1 = 再開すると、ここでも自動的に再開されます。
standing-ended-0 = このライブは終了しました
standing-ended-1 = ご視聴ありがとうございました。動画になった場合は、ここで見られます。
standing-transcoding-0 = この動画は準備中です
standing-transcoding-1 = 準備ができると、ここで見られます。
standing-blocked-0 = この動画はブロックされています
standing-blocked-1 = 掲載サイトのモデレーターの判断によるものです。
standing-unavailable-0 = この動画は利用できません
standing-unavailable-1 = 掲載サイトで準備できませんでした。
begins = 開始：{ $date }
beginsIn = 開始まで { $time }。
beginsNow = まもなく始まるはずです。
fromElsewhere = この動画は { $host } から届きます。{ $host } にはあなたの IP アドレスが見えます。
chapters = チャプター
chapter = チャプター { $n }
shareVideo = この動画を共有
pictureMenu = この動画
shareTitle = 共有
loop = 繰り返し再生
copyLink = リンクをコピー
copyLinkAt = { $time } のリンクをコピー
copyEmbed = 埋め込みコードをコピー
shareMore = 共有…
shareLink = リンク
startAt = { $time } から開始
wholeList = 再生リスト全体（この動画から）
embedFrame = 埋め込みコード：フレーム
embedTag = 埋め込みコード：タグ
copy = コピー
copied = コピーしました
copyByKeys = このページではコピーできません。テキストは選択済みです。{ $keys } を押してください。
copyByTouch = このページではコピーできません。テキストは選択済みです。長押しして「コピー」を選んでください。
shareWithApp = アプリで共有
nothingToShare = この動画には共有できるアドレスがありません。

fault-missing = このアドレスには何もありません。
fault-refused = サーバーが配信を拒否しました。
fault-unreachable = サーバーが応答しません。
fault-incomplete = プレーヤーの一部を読み込めませんでした。
fault-unsupported = このブラウザーではこの動画を再生できません。
fault-hindered = このページの設定により、プレーヤーが動作できません。
fault-damaged = 動画が壊れているか、読み取れない形式です。
fault-unreadable = 再生リストが壊れているか、読み取れない形式です。
fault-locked = 動画は保護されていて、ここでは解除できません。
fault-stuck = 再生が先に進みません。
fault-crashed = プレーヤー内部でエラーが発生しました。
fault-elsewhere = この動画の所有者は、このサイトでの表示を許可していません。
fault-members = この動画はインスタンスのメンバー専用です。
fault-forbidden = この動画はここでは見られません。
fault-no-video = この動画はこのインスタンスにありません。
fault-no-playlist = この再生リストはこのインスタンスにありません。
fault-video-gone = この動画は削除されました。
fault-playlist-gone = この再生リストは削除されました。
fault-too-often = お使いのネットワークからのリクエストが多すぎます。
fault-trouble = インスタンスに問題が起きています。
fault-waiting = このライブはまだ始まっていません。
fault-over = このライブは終了しました。
fault-blocked = この動画はインスタンスでブロックされています。
fault-unprepared = インスタンスがこの動画を準備できませんでした。
fault-preparing = この動画はまだ準備中です。

hint-address = 削除されたか、アドレスが間違っている可能性があります。
hint-later = 時間をおいて再試行してください。
hint-connection = 接続が切れている可能性があります。時間をおいて再試行してください。
hint-reload = ページを再読み込みしてみてください。
hint-browser = 別のブラウザーや新しいバージョンなら再生できる可能性があります。
hint-site = サイトの運営者が変更できます。
hint-publisher = 公開した人が修正できます。
hint-there = 元のインスタンスで見られる可能性があります。
hint-instance = インスタンスの判断によるものです。
hint-soon = 準備ができしだい再生されます。
hint-replay = 後で動画として公開される可能性があります。
