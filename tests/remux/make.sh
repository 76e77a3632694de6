#!/bin/sh
# Makes the clips next to this script, and for each a table of what ffprobe says about them: an independent demuxer's
# word on every sample. Needs ffmpeg 5 with libx264, libx265, libmp3lame and libopus.
#
# A line of a table: v or a, pts, dts (both in ticks of 90 kHz, unrolled as ffprobe does it), bytes of the sample in
# MP4, K for where decoding may begin. Bytes are counted after ffmpeg has written MP4 from the same packets, without
# delimiters and without parameter sets, which belong to the sample entry.
set -eu
cd "$(dirname "$0")"

picture="-f lavfi -i testsrc2=size=128x72:rate=25"
sound="-f lavfi -i sine=frequency=440:sample_rate=48000"
quiet="ffmpeg -hide_banner -loglevel error -y"
exact="-fflags +bitexact -flags:v +bitexact -flags:a +bitexact -map_metadata -1"
x264="-c:v libx264 -preset veryfast -crf 36 -threads 1"
aac="-c:a aac -b:a 48k"

packets() { # file, stream, fields
    ffprobe -loglevel error -select_streams "$2:0" -show_entries "packet=$3" -of csv=p=0 "$1" | tr ',' ' ' | grep . || true
}

table() { # clip, name, bitstream filter of the video
    # shellcheck disable=SC2086
    $quiet -copyts -i "$1" -map 0 -c copy $3 -f mp4 "$2.tmp"
    for stream in v a; do
        packets "$1" $stream pts,dts,flags > times.tmp
        packets "$2.tmp" $stream size > sizes.tmp
        paste -d ' ' times.tmp sizes.tmp | while read -r pts dts flags size; do
            [ -n "$pts" ] || continue
            case $flags in K*) flags=K ;; *) flags=- ;; esac
            echo "$stream $pts $dts $size $flags"
        done
    done > "$2.txt"
    rm -f "$2.tmp" times.tmp sizes.tmp
}

ts() { # name, seconds, options of the encoders and the muxer
    name=$1 seconds=$2
    shift 2
    # shellcheck disable=SC2086
    $quiet $picture $sound -t "$seconds" $exact "$@" -f mpegts "$name.ts"
    case $name in
        hevc*) filter="-bsf:v filter_units=remove_types=32-35 -tag:v hvc1" ;;
        audio-*) filter="" ;;
        *) filter="-bsf:v filter_units=remove_types=7-9" ;;
    esac
    table "$name.ts" "$name" "$filter"
}

ts avc-aac 2 $x264 -g 25 -bf 0 $aac
ts b-frames 2 $x264 -bf 3 -x264-params open-gop=1:keyint=20:min-keyint=20:b-pyramid=normal:scenecut=0 $aac
ts interlaced 1.5 $x264 -g 12 -flags:v +bitexact+ildct+ilme -x264-params tff=1 -an
ts anamorphic 1 $x264 -bf 2 -vf setsar=16/11 -profile:v high $aac
ts hevc 1.5 -c:v libx265 -preset veryfast -x265-params crf=36:keyint=12:log-level=none:pools=1:frame-threads=1 $aac
ts ac3 1 $x264 -c:a ac3 -b:a 96k
ts eac3 1 $x264 -c:a eac3 -b:a 96k
ts mp3 1 $x264 -c:a libmp3lame -b:a 64k
ts opus 1 $x264 -c:a libopus -b:a 32k
ts aac-5.1 1 $x264 -c:a aac -b:a 96k -ac 6
ts audio-aac 1 -vn $aac -ar 44100
ts audio-mp2 1 -vn -c:a mp2 -b:a 64k
ts audio-low 1 -vn -c:a libmp3lame -ar 22050 -b:a 24k
ts video-only 1 $x264 -an
# 2^33 / 90000 = 95443.717: the timestamps turn after half a second.
ts wrap 2 $x264 -g 25 -bf 2 $aac -muxdelay 0 -muxpreload 0 -output_ts_offset 95443.2

# Packed audio: the same encoders, without a container.
# shellcheck disable=SC2086
{
    $quiet $sound -t 1 $exact $aac -f adts packed.aac
    $quiet $sound -t 1 $exact -c:a aac -b:a 24k -ar 24000 -ac 2 -f adts packed-low.aac
    $quiet $sound -t 1 $exact -c:a libmp3lame -b:a 64k -id3v2_version 4 -write_xing 0 packed.mp3
    $quiet $sound -t 1 $exact -c:a ac3 -b:a 96k packed.ac3
    $quiet $sound -t 1 $exact -c:a eac3 -b:a 96k packed.eac3
}
for clip in packed.aac packed-low.aac packed.mp3 packed.ac3 packed.eac3; do
    # Sizes only: a file without a container has no timestamps.
    $quiet -i $clip -c copy -f mp4 sizes.tmp
    packets sizes.tmp a size > "$clip.txt"
    rm -f sizes.tmp
done
