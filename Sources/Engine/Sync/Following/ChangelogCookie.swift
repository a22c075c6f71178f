internal import Ground

/// Where the changes of a stream are followed from on 389: a cookie of the server's for each base.
///
/// The server's own is `HOST:PORT#BIND DN:BASE:FILTER#CHANGE NUMBER`, seen on 389 2.3.1.
struct ChangelogCookie {
    /// When everything was last read, by our clock.
    let fullAt: Timestamp
    private(set) var cookies: [String]
    /// The last changes that the cookies stand for.
    private(set) var numbers: [Int64]

    /// nil where one of the cookies has another form.
    init?(fullAt: Timestamp, cookies: [[UInt8]]) {
        let texts = cookies.compactMap { String(validating: $0, as: UTF8.self) }
        self.init(fullAt: fullAt, texts: texts)
        guard texts.count == cookies.count else { return nil }
    }

    init?(_ octets: [UInt8]) {
        guard let text = String(validating: octets, as: UTF8.self) else { return nil }
        let lines = text.split(separator: "\n").map(String.init)
        guard let first = lines.first, let seconds = Int64(first) else { return nil }
        self.init(fullAt: Timestamp(seconds: seconds), texts: Array(lines.dropFirst()))
    }

    private init?(fullAt: Timestamp, texts: [String]) {
        let numbers = texts.compactMap { text in
            text.split(separator: "#", omittingEmptySubsequences: false).last.flatMap { Int64($0) }
        }
        guard !texts.isEmpty, numbers.count == texts.count,
            texts.allSatisfy({ !$0.contains("\n") })
        else { return nil }
        self.fullAt = fullAt
        self.numbers = numbers
        cookies = texts
    }

    var octets: [UInt8] {
        Array((["\(fullAt.seconds)"] + cookies).joined(separator: "\n").utf8)
    }
}
