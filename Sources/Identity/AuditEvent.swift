package import Ground

/// One thing that happened, as the audit log keeps it for ever.
package struct AuditEvent: Hashable, Sendable {
    /// Whom it happened to, under the names of that moment.
    package struct Subject: Hashable, Sendable {
        package let id: UserID
        package let username: String
        package let dn: String

        package init(id: UserID, username: String, dn: String) {
            self.id = id
            self.username = username
            self.dn = dn
        }
    }

    package let at: Timestamp
    /// The operator's login, or `sync`.
    package let by: String
    package let host: String
    package let terminal: String?
    package let event: String
    package let process: ProcessID?
    package let user: Subject?
    package let detail: [String: JSONValue]

    package init(
        at: Timestamp, by: String, host: String, terminal: String?, event: String,
        process: ProcessID? = nil, user: Subject? = nil, detail: [String: JSONValue] = [:]
    ) {
        self.at = at
        self.by = by
        self.host = host
        self.terminal = terminal
        self.event = event
        self.process = process
        self.user = user
        self.detail = detail
    }
}

extension AuditEvent {
    /// What is hashed and kept; every key is always there, `at` is in seconds.
    package var json: JSONValue {
        let subject: JSONValue? = user.map {
            ["id": JSONValue($0.id), "username": .string($0.username), "dn": .string($0.dn)]
        }
        return [
            "at": .int(at.seconds), "by": .string(by), "host": .string(host),
            "terminal": JSONValue(terminal), "event": .string(event),
            "process": JSONValue(process), "user": subject ?? .null, "detail": .object(detail),
        ]
    }

    /// nil unless `json` is one that an event gave.
    package init?(_ json: JSONValue) {
        guard let at = json["at"]?.int, let by = json["by"]?.string,
            let host = json["host"]?.string, let event = json["event"]?.string,
            let detail = json["detail"]?.object
        else { return nil }
        var user: Subject?
        if let subject = json["user"], !subject.isNull {
            guard let id = subject["id"]?.int, let username = subject["username"]?.string,
                let dn = subject["dn"]?.string
            else { return nil }
            user = Subject(id: UserID(rawValue: id), username: username, dn: dn)
        }
        self.init(
            at: Timestamp(seconds: at), by: by, host: host, terminal: json["terminal"]?.string,
            event: event, process: json["process"]?.int.map(ProcessID.init(rawValue:)), user: user,
            detail: detail)
    }
}
