/// The commands that there are.
struct Catalogue: Sendable {
    /// What this release understands.
    static let built = Catalogue(CommandDescription.all.filter { $0.standing != .planned })

    let understood: [CommandDescription]

    init(_ commands: [CommandDescription]) {
        understood = commands
    }

    /// In the order in which they are shown.
    var shown: [CommandDescription] { understood.filter { $0.standing == .built } }

    func command(_ words: [String]) -> CommandDescription? {
        understood.first { $0.name.words == words }
    }

    /// Commands of two words that begin with this one: `credential`.
    func group(_ word: String) -> [CommandDescription] {
        shown.filter { $0.name.words.count == 2 && $0.name.words[0] == word }
    }
}

extension CommandDescription {
    /// Every command of the design, in the order of its table.
    static let all: [CommandDescription] =
        [initialize, check, sync] + useCases + [retry] + requests + [find, show] + keys
        + [reasons, reasonsShow, status, report] + store + [audit, auditVerify] + program
}
