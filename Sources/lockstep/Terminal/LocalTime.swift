internal import Glibc
internal import Ground

/// Times as people read them: `2026-11-23 14:05 CET`.
enum LocalTime {
    /// In the time zone of the process (`TZ`, else /etc/localtime).
    static func text(_ time: Timestamp) -> String {
        formatted(time, "%Y-%m-%d %H:%M %Z")
    }

    /// With seconds, for what happens within a minute: `2026-11-23 14:05:09 CET`.
    static func exact(_ time: Timestamp) -> String {
        formatted(time, "%Y-%m-%d %H:%M:%S %Z")
    }

    /// The day alone: `2026-11-23`.
    static func date(_ time: Timestamp) -> String {
        formatted(time, "%Y-%m-%d")
    }

    /// A sentence with its RFC 3339 times as people read them.
    static func localized(_ sentence: String) -> String {
        sentence.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) { found in
            Timestamp(rfc3339: String(found.output)).map(exact) ?? String(found.output)
        }
    }

    private static func formatted(_ time: Timestamp, _ format: String) -> String {
        var seconds = time_t(time.seconds)
        var parts = unsafe tm()
        guard unsafe localtime_r(&seconds, &parts) != nil else { return time.rfc3339 }
        // Room for a year of 64 bits and a zone of any sensible name.
        var room = [CChar](repeating: 0, count: 128)
        let count = unsafe strftime(&room, room.count, format, &parts)
        let text = String(decoding: room.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.isEmpty ? time.rfc3339 : text
    }
}
