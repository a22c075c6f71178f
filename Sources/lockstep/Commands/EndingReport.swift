internal import Engine
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Why a command ended, on stderr: what is wrong, who could be meant, what to do.
struct EndingReport {
    let log: Log
    let errors: Output

    func write(_ ending: Ending) {
        var fields: [String: JSONValue] = ["exit": .int(Int64(ending.exit.rawValue))]
        if let hint = ending.hint { fields["hint"] = .string(hint) }
        if !ending.candidates.isEmpty {
            fields["candidates"] = .array(ending.candidates.map(\.reference))
        }
        // Whoever cancels knows that it is no error.
        let level: LogLevel = ending.exit == .cancelled ? .info : .error
        let message = log.format == .text ? ending.sentence : ending.message
        for line in message.split(separator: "\n") {
            log(level, "\(String(line))", fields)
        }
        // A program has them in the fields.
        guard log.format == .text else { return }
        writeCandidates(ending.candidates)
        if let hint = ending.hint { log.hint(level, Sanitized(hint)) }
    }

    private func writeCandidates(_ candidates: [Candidate]) {
        guard !candidates.isEmpty else { return }
        var table = Table([.init(""), .init("id"), .username, .name, .init("state"), .dn])
        let names = candidates.map(\.dn.dn)
        for candidate in candidates {
            let user = candidate.user
            let username = candidate.username.map(candidate.directory.naming) ?? ""
            table.append([
                Span(""), Span("\(user.map { $0.id.word } ?? "")"), Span("\(username)"),
                Span(Sanitized(user?.record.displayName ?? "")),
                user?.stateSpan ?? Span("no user"),
                // Whoever has no id is named by the whole of it.
                Span(Sanitized(user == nil ? candidate.dn.text : candidate.part(among: names))),
            ])
        }
        table.write(to: errors)
    }
}

extension Candidate {
    /// The DN without the end that all of them have.
    fileprivate func part(among names: [DN?]) -> String {
        guard let own = dn.dn?.rdns else { return dn.text }
        let all = names.compactMap { $0?.rdns }
        guard all.count == names.count else { return dn.text }
        var common = 0
        while common < own.count - 1,
            all.allSatisfy({
                common < $0.count - 1
                    && $0[$0.count - 1 - common] == own[own.count - 1 - common]
            })
        {
            common += 1
        }
        let part = own.dropLast(common).map(\.text).joined(separator: ",")
        return common == 0 ? dn.text : part
    }
}
