internal import Glibc
internal import Ground

/// What unattended runs have told a person of troubles for which no store can be opened.
///
/// It holds what was told of each configuration, and when. It lies in the user's own state folder
/// (XDG Base Directory Specification); where that can't be written, all is told each time.
struct ToldFile {
    private static let reminder: Int64 = 86_400

    /// nil: the user has no folder.
    private let folder: String?
    /// The configuration's path.
    private let subject: String
    private let now: Timestamp

    /// Nothing is written to a folder that the caller could name: it is as if there were none.
    init(environment: Environment, caller: Caller, subject: String, now: Timestamp) {
        let absolute = { (name: String) in
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let state = absolute("XDG_STATE_HOME") ?? absolute("HOME").map { $0 + "/.local/state" }
        folder = caller == .ourselves ? state.map { $0 + "/lockstep" } : nil
        self.subject = subject
        self.now = now
    }

    private var path: String? { folder.map { $0 + "/told.json" } }

    /// Whether it was not told within a day; told from here on.
    func isNews(_ message: String) -> Bool {
        var told = all
        let before = told[subject]
        if let before, before["message"]?.string == message, let at = before["at"]?.int,
            now.seconds < at + Self.reminder
        {
            return false
        }
        told[subject] = ["message": .string(message), "at": .int(now.seconds)]
        write(told)
        return true
    }

    /// What was told and is over; forgotten from here on.
    func over() -> String? {
        var told = all
        guard let before = told.removeValue(forKey: subject) else { return nil }
        write(told)
        return before["message"]?.string
    }

    private var all: [String: JSONValue] {
        guard let path, let text = InputFile.readOwn(path) else { return [:] }
        return JSONValue(parsing: text)?.object ?? [:]
    }

    private func write(_ told: [String: JSONValue]) {
        guard let folder, let path else { return }
        if told.isEmpty {
            _ = unsafe unlink(path)
            return
        }
        Self.make(folder)
        try? OutputFile(path: path, mark: .told).write(JSONValue.object(told).text + "\n")
    }

    /// With the folders above it, as far as they are missing.
    private static func make(_ folder: String) {
        var part = ""
        for name in folder.split(separator: "/") {
            part += "/\(name)"
            _ = unsafe mkdir(part, 0o700)
        }
    }
}
