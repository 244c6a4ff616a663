"""What is read at all: demuxers and decoders by allowlist, and what is refused at first sight.

Nothing here can point at another file or host: no playlists, scripts, images or subtitles.
Standard library only; both sides of the sandbox import or run it.
"""

DEMUXERS = ("aac", "amr", "asf", "avi", "flac", "matroska", "mov", "mp3", "ogg", "wav")
"""libavformat names; mov also reads mp4, m4a and 3gp, matroska webm, ogg opus, asf wma."""

DECODERS = (
    "aac,aac_latm,ac3,eac3,dca,truehd,alac,flac,mp1float,mp2float,mp3float,mp1,mp2,mp3,opus,"
    "libopus,vorbis,libvorbis,speex,libspeex,ilbc,gsm,gsm_ms,g722,g723_1,g726,g726le,g729,"
    "amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,wmav1,wmav2,wmapro,wmavoice,wmalossless,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,"
    "pcm_f64le,pcm_f64be,pcm_u8,pcm_s8,pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav,"
    "adpcm_ima_qt,adpcm_g722,adpcm_g726,adpcm_g726le,adpcm_yamaha,adpcm_swf,truespeech,"
    "nellymoser,qdm2,cook"
)
"""libavcodec names as its whitelist takes them, sound only: pictures are never decoded."""

PROTOCOL = "fd"
"""The one protocol: an already open file descriptor. No other file can be reached."""

PLAYLIST_STARTS = (
    b"#extm3u",
    b"#ext-x-",
    b"ffconcat",
    b"file ",
    b"[playlist]",
    b"[reference]",
    b"<asx",
    b"<smil",
    b"<mpd",
    b"<?xml",
    b"<xspf",
    b"<?wpl",
    b"rtsptext",
    b"v=0\r\no=",
    b"v=0\no=",
    b"http://",
    b"https://",
    b"rtsp://",
)
"""Starts of HLS, ffconcat, PLS, ASX, SMIL, DASH, XSPF, SDP and bare lists of addresses."""

OTHER_STARTS = (
    b"pk\x03\x04",
    b"pk\x05\x06",
    b"rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"bzh",
    b"\xfd7zxz",
    b"%pdf",
    b"\x7felf",
    b"mz\x90",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
)
"""Starts (in lower case) of archives, documents and programs, which may have sound inside."""


def refusal(head: bytes) -> str | None:
    """The reason to refuse a file that starts with ``head`` without opening it, or None."""
    start = head[id3_length(head) :].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    if start.startswith(PLAYLIST_STARTS):
        return "playlist_refused"
    return "not_media" if start.startswith(OTHER_STARTS) else None


def id3_length(head: bytes) -> int:
    """Bytes of the ID3v2 tags that ``head`` starts with (id3.org, ID3v2.4.0 §3.1); may be 0."""
    length = 0
    while head[length : length + 3] == b"ID3" and len(head) >= length + 10:
        size = 0
        for byte in head[length + 6 : length + 10]:
            size = size << 7 | byte & 0x7F
        length += 10 + size
    return length
