internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep authorities`: what each CA was told, what it says, and how old that is.
struct AuthoritiesCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let authorities = try world.authorities(settings)
        let store = try world.store(settings, for: .read)
        let known = try store.authorityOverviews()
        let last = try RunTable(store).start()
        let shown = try authorities.all.map { authority in
            let overview = known.first { $0.row.identity.name == authority.name }
            return Shown(
                settings: authority.settings, issuer: authority.issuer, overview: overview,
                untold: try store.untold(of: authority.settings, at: world.now()).count,
                due: last.flatMap { overview?.row.failure?.due(after: $0) })
        }
        if world.wantsJSON {
            world.print(.array(shown.map(\.json)))
            return .ok
        }
        if shown.isEmpty { world.log.info("no authorities are configured") }
        for each in shown { write(each) }
        return .ok
    }

    private func write(_ shown: Shown) {
        let output = world.output
        output.hanging(
            [Span(Sanitized(shown.settings.name), .bold), Span("  ")], "\(shown.issuer)")
        for (name, value) in shown.facts {
            guard let value else { continue }
            output.fact(Sanitized(name), Sanitized(value), nameWidth: 12)
        }
    }

    /// One of the configuration, with what the store knows of it.
    private struct Shown {
        let settings: AuthoritySettings
        let issuer: String
        /// nil: no sync has held the certificates against it yet.
        let overview: AuthorityOverview?
        /// How many certificates it was never told of.
        let untold: Int
        /// From when on it is tried again where it could not be followed.
        let due: Timestamp?

        var json: JSONValue {
            let failure = overview?.row.failure
            return [
                "name": .string(settings.name), "issuer": .string(issuer),
                "certificates": .int(overview?.certificates ?? 0),
                "waiting": .int(overview?.waiting ?? 0),
                "toldUnseen": .int(overview?.toldUnseen ?? 0), "untold": .int(Int64(untold)),
                "crl": overview?.list?.json ?? .null,
                "ocsp": settings.see?.responder.map {
                    ["uri": .string($0), "askedAt": (overview?.row.askedAt).json]
                } ?? .null,
                "error": failure.map {
                    [
                        "code": .int(
                            Int64(($0.isGrave ? ExitCode.refused : .unavailable).rawValue)),
                        "message": .string($0.message),
                    ]
                } ?? .null,
                "due": due.json,
            ]
        }

        var facts: [(String, String?)] {
            [
                ("certificates", certificates), ("list", list), ("responder", responder),
                ("error", error),
            ]
        }

        private var error: String? {
            overview?.row.failure.map { failure in
                let again = due.map { "; tried again from \(LocalTime.text($0)) on" } ?? ""
                return "\(failure.message), since \(LocalTime.text(failure.since))\(again)"
            }
        }

        private var certificates: String {
            guard let overview else { return "not held against it yet; the next sync does" }
            var text = "\(overview.certificates)"
            if overview.waiting > 0 { text += ", \(overview.waiting) still to be told" }
            if untold > 0 { text += ", \(untold) revoked or on hold here and never told" }
            if overview.toldUnseen > 0 { text += ", \(overview.toldUnseen) told and not seen yet" }
            return text
        }

        private var list: String? {
            guard settings.see.map({ !$0.lists.isEmpty }) ?? false else { return nil }
            guard let list = overview?.list else { return "not read yet" }
            let number = list.number.map { "number \($0) " } ?? ""
            let next = list.nextUpdate.map { ", next \(LocalTime.text($0))" } ?? ""
            return "\(number)of \(LocalTime.text(list.thisUpdate))\(next), "
                + "read \(LocalTime.text(list.readAt))"
        }

        private var responder: String? {
            settings.see?.responder.map { uri in
                let asked = overview?.row.askedAt.map { "answered \(LocalTime.text($0))" }
                return "\(uri), \(asked ?? "has not answered yet")"
            }
        }
    }
}

extension AuthorityTable.List {
    /// `{number, thisUpdate, nextUpdate, readAt}`.
    fileprivate var json: JSONValue {
        [
            "number": JSONValue(number), "thisUpdate": thisUpdate.json,
            "nextUpdate": nextUpdate.json, "readAt": readAt.json,
        ]
    }
}
