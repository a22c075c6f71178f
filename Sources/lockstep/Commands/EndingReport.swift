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
        let part = DNParts(candidates.map(\.dn))
        for candidate in candidates {
            let user = candidate.user
            let username = candidate.username.map(candidate.directory.naming) ?? ""
            table.append([
                Span(""), Span("\(user.map { $0.id.word } ?? "")"), Span("\(username)"),
                Span(Sanitized(user?.record.displayName ?? "")),
                user?.stateSpan ?? Span("no user"),
                // Whoever has no id is named by the whole of it.
                Span(Sanitized(user == nil ? candidate.dn.text : part(candidate.dn))),
            ])
        }
        table.write(to: errors)
    }
}
