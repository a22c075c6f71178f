package import Identity

/// A program that hears what has happened to a user; its file is not looked at here.
package struct ReceiverSettings: Hashable, Sendable {
    package var name: String
    /// Absolute.
    package var program: String
    package var arguments: [String]
    /// Never empty.
    package var useCases: [UseCase]
    /// Seconds.
    package var timeout: Int64

    /// Where in the file it stands, for sentences: `receivers.doors`.
    package var key: String { "receivers.\(name)" }
}

extension ReceiverSettings {
    init?(_ field: Field, name: String) {
        guard field.checkName(name), let section = Section(field) else { return nil }
        let run = section.field("run")?.program()
        let useCases = section.field("for").flatMap(Self.useCases)
        let timeout = section.field("timeout")?.duration()
        guard let run, let program = run.first, let useCases, let timeout else { return nil }
        self.init(
            name: name, program: program, arguments: Array(run.dropFirst()), useCases: useCases,
            timeout: timeout)
    }

    private static func useCases(_ field: Field) -> [UseCase]? {
        guard let items = field.items() else { return nil }
        if items.isEmpty {
            field.reject("the list is empty; write what it hears of, or leave the receiver out")
            return nil
        }
        let words = UseCase.configured.map(\.word)
        return items.readAll { item in
            item.word(among: words).flatMap { word in
                UseCase.configured.first { $0.word == word }
            }
        }
    }
}
