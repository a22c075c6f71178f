internal import Configuration
internal import Identity
internal import Store

/// The hidden `lockstep __complete KIND PREFIX`: a word and its meaning a line, with a tab between.
///
/// A shell asks at every stroke of the tab key, so nothing is ever complained about: what can't be
/// read has no words.
struct CompleteCommand {
    let world: World

    func run() -> ExitCode {
        // Whatever is wrong, the command itself will say it.
        for word in (try? words()) ?? [] {
            let text = Sanitized(word.text)
            // What can't be typed is not offered.
            guard text.text == word.text, !word.text.isEmpty else { continue }
            world.output.write("\(text)\t\(Sanitized(word.meaning))\n")
        }
        return .ok
    }

    private func words() throws -> [KnownWords.Word] {
        let kind = try world.command.required(ArgumentKey<CompletionKind>.kind)
        let prefix = world.command.argument(.prefix) ?? ""
        let settings = try world.settings()
        switch kind {
        case .reasons:
            return settings.reasons.filter { $0.code.hasPrefix(prefix) && $0.enabled }
                .map { KnownWords.Word(text: $0.code, meaning: $0.text) }
        case .directories:
            return settings.directories.filter { $0.name.rawValue.hasPrefix(prefix) }
                .map { KnownWords.Word(text: $0.name.rawValue, meaning: "") }
        case .receivers:
            return settings.receivers.filter { $0.name.hasPrefix(prefix) }
                .map { KnownWords.Word(text: $0.name, meaning: $0.program) }
        case .users, .serials, .certificates, .processes, .requests, .plans:
            return try words(kind, prefix, known: KnownWords(world.store(settings, for: .read)))
        }
    }

    private func words(
        _ kind: CompletionKind, _ prefix: String, known: KnownWords
    ) throws(StoreError) -> [KnownWords.Word] {
        switch kind {
        case .users: try known.users(prefix)
        case .serials: try known.credentials(prefix)
        case .certificates: try known.certificates(prefix)
        case .processes: try known.unfinishedProcesses(prefix)
        case .requests: try known.requests(prefix)
        case .plans, .reasons, .directories, .receivers: []
        }
    }
}
