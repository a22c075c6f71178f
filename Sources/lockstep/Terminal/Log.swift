internal import Glibc
internal import Ground

/// What the program says besides its results, on stderr, a message a line.
struct Log {
    private let output: Output
    let format: LogFormat
    private let least: LogLevel
    private let journal: Bool
    private let now: () -> Timestamp

    /// What matters less than `least` is not said; a `journal` reads a level in front of each line.
    init(
        output: Output, format: LogFormat, least: LogLevel, journal: Bool,
        now: @escaping () -> Timestamp
    ) {
        self.output = output
        self.format = format
        self.least = least
        self.journal = journal
        self.now = now
    }

    /// Errors and warnings alone with `--quiet`; with `--verbose` everything.
    static func least(quiet: Bool, verbose: Bool) -> LogLevel {
        if quiet { return .warning }
        return verbose ? .debug : .info
    }

    /// Whether systemd connected this descriptor with its journal (systemd.exec(5): `JOURNAL_STREAM` is
    /// the device and inode of the stream, to be compared with the descriptor's own).
    static func isJournal(descriptor: Int32, environment: Environment) -> Bool {
        guard let stream = environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }

    /// Says it, unless it matters too little.
    ///
    /// What stands in `fields` is for programs (JSON) alone.
    func callAsFunction(
        _ level: LogLevel, _ message: Sanitized, _ fields: [String: JSONValue] = [:]
    ) {
        guard level >= least else { return }
        tell(level, message, fields)
    }

    /// Says it, however little is asked for.
    func tell(_ level: LogLevel, _ message: Sanitized, _ fields: [String: JSONValue] = [:]) {
        switch format {
        case .text: output.hanging(lead(level), message)
        case .json: output.write(json(level, message, fields).text + "\n")
        }
        output.flush()
    }

    /// What to do about the message before it, on a line of its own; to a program it is a field of that.
    func hint(_ level: LogLevel, _ text: Sanitized, margin: String = "") {
        guard level >= least, format == .text else { return }
        output.hanging([Span(Sanitized(prefix(level) + margin))], text)
        output.flush()
    }

    /// Lines to be pasted, unbroken, behind a remark of their own; to a program they are a field.
    func verbatim(_ text: String, _ remark: Sanitized, field: String) {
        guard .debug >= least else { return }
        guard format == .text else { return tell(.debug, remark, [field: .string(text)]) }
        let lines =
            ["# \(remark)"]
            + text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Sanitized(String($0)).text }
        for line in lines { output.line(Span(Sanitized(prefix(.debug) + line))) }
        output.flush()
    }

    func error(_ message: Sanitized, _ fields: [String: JSONValue] = [:]) {
        self(.error, message, fields)
    }

    func warning(_ message: Sanitized, _ fields: [String: JSONValue] = [:]) {
        self(.warning, message, fields)
    }

    func notice(_ message: Sanitized, _ fields: [String: JSONValue] = [:]) {
        self(.notice, message, fields)
    }

    func info(_ message: Sanitized, _ fields: [String: JSONValue] = [:]) {
        self(.info, message, fields)
    }

    func debug(_ message: Sanitized, _ fields: [String: JSONValue] = [:]) {
        self(.debug, message, fields)
    }

    private func prefix(_ level: LogLevel) -> String {
        journal ? "<\(level.rawValue)>" : ""
    }

    private func lead(_ level: LogLevel) -> [Span] {
        let name = Span(Sanitized(prefix(level) + "lockstep: "))
        return switch level {
        case .error: [name, Span("error:", .red), Span(" ")]
        case .warning: [name, Span("warning:", .yellow), Span(" ")]
        case .notice, .info, .debug: [name]
        }
    }

    private func json(_ level: LogLevel, _ message: Sanitized, _ fields: [String: JSONValue])
        -> JSONValue
    {
        var members: [String: JSONValue] = [
            "time": .string(now().rfc3339), "level": .string(level.word),
            "message": .string(message.text),
        ]
        if !fields.isEmpty { members["fields"] = .object(fields) }
        return .object(members)
    }
}

/// What `--log-format` takes.
enum LogFormat: String, Sendable, CaseIterable {
    case text
    case json
}

/// How much a message matters, in the words and numbers of syslog(3).
enum LogLevel: Int, Comparable, Sendable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
    case debug = 7

    var word: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .notice: "notice"
        case .info: "info"
        case .debug: "debug"
        }
    }

    /// Whether it matters more.
    static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rawValue > right.rawValue
    }
}

/// The machine's log, syslog(3), where what we say of ourselves is kept by somebody else.
enum SystemLog {
    /// A line for authpriv, which only administrators read.
    ///
    /// Where nobody listens it is lost, as syslog(3) has it.
    static func notice(_ line: String) {
        let priority = LOG_AUTHPRIV | LOG_NOTICE
        unsafe Sanitized(line).text.withCString { text in
            unsafe withVaList([text]) { unsafe vsyslog(priority, "%s", $0) }
        }
    }
}
