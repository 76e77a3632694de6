#!/usr/bin/env bash
# Makes the sample clips beside this file: synthetic pictures and tones, so nobody's licence applies.
#
# The clips are in git; nothing but this script needs ffmpeg. Made with ffmpeg 5.1.9 (libx264 164, the
# native AAC encoder) and the DejaVu fonts; another version gives other bytes and other digests, which is
# why `digests.mjs` runs at the end.
#
#   vod/    Life, 60 s, 4 s segments, 240p and 360p, muxed, one file per rendition (PeerTube's VOD shape)
#   split/  Depth, 24 s, 4 s segments, 360p and a separate audio rendition, one file per rendition
#   files/  Dusk, 24 s, 2 s segments, 240p muxed, one file per segment
#
# 25 frames/s and 48 kHz: every 8 s hold a whole number of frames of both, so a loop of 24 s or 56 s has no seam.
set -euo pipefail
cd "$(dirname "$0")"

rate=25
declare -A titles=([vod]=Life [split]=Depth [files]=Dusk)
audio=(-c:a aac -b:a 40k -ac 1 -ar 48000)

# Timestamps start at 0 without an edit list: composition offsets are negative instead (trun version 1).
fragments="movflags=+negative_cts_offsets:use_editlist=0"

main() {
  rm -rf vod split files
  mkdir vod split files
  vod
  split
  files
  captions
  posters
  node digests.mjs vod split files
  du -sb .
}

vod() {
  local picture="life=s=128x72:r=$rate/5:ratio=0.18:mold=24:life_color=#b6f0ff:death_color=#0b3350:mold_color=#061d30:seed=11,fps=$rate"
  local tune="0.25*sin(2*PI*t*$(note 'mod(floor(2*t),8)' 220 0 7 12 16 19 16 12 7))*exp(-3*mod(t,0.5))"
  encode_muxed 60 100 "$picture" neighbor "$tune" 240 426x240 130k vod
  encode_muxed 60 100 "$picture" neighbor "$tune" 360 640x360 310k vod
  cat > vod/master.m3u8 <<'M'
#EXTM3U
#EXT-X-VERSION:3

#EXT-X-STREAM-INF:BANDWIDTH=@vod/240@,RESOLUTION=426x240,FRAME-RATE=25,CODECS="avc1.640015,mp4a.40.2"
240.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=@vod/360@,RESOLUTION=640x360,FRAME-RATE=25,CODECS="avc1.64001e,mp4a.40.2"
360.m3u8
M
}

split() {
  local picture="mandelbrot=s=640x360:r=$rate:maxiter=400:start_scale=2.5:end_scale=0.004:end_pts=600:start_x=-0.7436438870:start_y=-0.1318259042,format=yuv444p,pseudocolor=preset=magma"
  local tune="0.2*sin(2*PI*t*$(note 'mod(floor(t),6)' 165 0 3 7 10 7 3))*min(1,4*mod(t,1))*exp(-1.5*mod(t,1))"
  encode 24 100 "$picture" bicubic "" 360 640x360 220k split "$(single_file split/360)"
  ffmpeg -v error -f lavfi -i "aevalsrc='$tune':s=48000:d=24" "${audio[@]}" $(hls 4) $(single_file split/audio) -hls_segment_options "$fragments" split/audio.m3u8
  cat > split/master.m3u8 <<'M'
#EXTM3U
#EXT-X-VERSION:3

#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",AUTOSELECT=YES,DEFAULT=YES,URI="audio.m3u8"

#EXT-X-STREAM-INF:BANDWIDTH=@split/360+split/audio@,RESOLUTION=640x360,FRAME-RATE=25,CODECS="avc1.64001e,mp4a.40.2",AUDIO="audio"
360.m3u8
M
}

files() {
  local picture="gradients=s=640x360:r=$rate:nb_colors=4:c0=0x3d0b36:c1=0xb5179e:c2=0xff7b54:c3=0xffd56b:speed=0.02:x0=0:y0=0:x1=640:y1=360"
  local tune="0.25*sin(2*PI*t*$(note 'mod(floor(3*t),6)' 196 0 4 7 11 14 7))*exp(-4*mod(t,1/3))"
  local pieces="-hls_segment_filename files/240-%06d.m4s -hls_fmp4_init_filename 240-init.mp4"
  encode 24 50 "$picture" bicubic "$tune" 240 426x240 90k files "$pieces"
  cat > files/master.m3u8 <<'M'
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS

#EXT-X-STREAM-INF:BANDWIDTH=@files/240@,RESOLUTION=426x240,FRAME-RATE=25,CODECS="avc1.640015,mp4a.40.2"
240.m3u8
M
}

encode_muxed() {
  encode "$@" "$(single_file "$9/$6")"
}

# encode SECONDS KEYFRAME_EVERY PICTURE SCALER TUNE NAME SIZE BITRATE DIR MUXER_OPTIONS
encode() {
  local seconds=$1 gop=$2 picture=$3 scaler=$4 tune=$5 name=$6 size=$7 bitrate=$8 dir=$9 muxer=${10}
  local height=${size#*x} title=${titles[$dir]}
  # Minutes, seconds, frames: a seek or a seam can be judged by eye.
  local time="%{eif\\:floor(t/60)\\:d\\:2}\\:%{eif\\:floor(mod(t\\,60))\\:d\\:2}.%{eif\\:floor(mod(t*$rate\\,$rate))\\:d\\:2}"
  local clock="drawtext=font=DejaVu Sans Mono:text='$time':fontcolor=white:fontsize=$height/9:x=(w-tw)/2:y=h-th*2:box=1:boxcolor=black@0.55:boxborderw=$((height / 40))"
  local label="drawtext=font=DejaVu Sans:text='$title ${name}p':fontcolor=white:fontsize=$height/16:x=h/20:y=h/20:box=1:boxcolor=black@0.45:boxborderw=$((height / 60))"
  local sound=(-an)
  [ -z "$tune" ] || sound=("${audio[@]}")
  ffmpeg -v error -f lavfi -i "$picture,scale=${size/x/:}:flags=$scaler,setsar=1,$label,$clock,format=yuv420p" \
    ${tune:+-f lavfi -i "aevalsrc='$tune':s=48000"} -t "$seconds" \
    -c:v libx264 -preset slow -refs 3 -profile:v high -b:v "$bitrate" -maxrate "$bitrate" -bufsize "$bitrate" \
    -bf 2 -g "$gop" -keyint_min "$gop" -sc_threshold 0 -x264-params open-gop=0 "${sound[@]}" \
    $(hls $((gop / rate))) $muxer -hls_segment_options "$fragments" "$dir/$name.m3u8"
}

hls() {
  echo "-f hls -hls_time $1 -hls_playlist_type vod -hls_segment_type fmp4"
}

single_file() {
  echo "-hls_flags single_file -hls_segment_filename $1-fragmented.mp4"
}

# note INDEX BASE_HZ SEMITONES…: the frequency of the step INDEX of a melody, as an ffmpeg expression.
note() {
  local index=$1 base=$2 i=0 expression=0
  shift 2
  for semitones in "$@"; do
    expression="if(eq($index,$i),$semitones,$expression)"
    i=$((i + 1))
  done
  echo "$base*pow(2,($expression)/12)"
}

captions() {
  cat > vod/captions-en.vtt <<'V'
WEBVTT

00:00:00.500 --> 00:00:04.000
A game of life: every cell lives by its neighbours.

00:00:04.500 --> 00:00:09.000
So does this picture, when someone else watches it too.

00:00:10.000 --> 00:00:15.000 line:10%
This caption stands near the top.

00:00:20.000 --> 00:00:26.000
<b>Twenty seconds.</b>
Two lines, one of them bold.

00:00:40.000 --> 00:00:46.000
Two thirds are over.

00:00:55.000 --> 00:00:59.500
The last caption.
V
}

posters() {
  poster vod 12 vod/360-fragmented.mp4
  poster split 9 split/360-fragmented.mp4
  poster files 5 "concat:$(echo files/240-init.mp4 files/240-*.m4s | tr ' ' '|')"
}

# poster DIR SECOND MP4 (the files themselves: ffmpeg's HLS reader loses its way in byte ranges).
poster() {
  ffmpeg -v error -i "$3" -ss "$2" -frames:v 1 -update 1 -q:v 6 "$1/poster.jpg"
}

main
