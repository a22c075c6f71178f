package import Ground

/// The tables `authorities` and `authority_lists`: which CAs the certificates were held against, and what
/// was read of each.
package struct AuthorityTable {
    /// What makes an authority another one.
    package struct Identity: Hashable, Sendable {
        package let name: String
        /// RFC 4514.
        package let issuer: String
        /// SHA-256 of its certificate.
        package let certificate: [UInt8]

        package init(name: String, issuer: String, certificate: [UInt8]) {
            self.name = name
            self.issuer = issuer
            self.certificate = certificate
        }
    }

    /// A list of revoked certificates as it was read last.
    package struct List: Hashable, Sendable {
        package let source: String
        /// Upper-case hexadecimal.
        package let number: String?
        package let thisUpdate: Timestamp
        package let nextUpdate: Timestamp?
        package let readAt: Timestamp

        package init(
            source: String, number: String?, thisUpdate: Timestamp, nextUpdate: Timestamp?,
            readAt: Timestamp
        ) {
            self.source = source
            self.number = number
            self.thisUpdate = thisUpdate
            self.nextUpdate = nextUpdate
            self.readAt = readAt
        }
    }

    /// Why an authority could not be followed.
    package struct Failure: Hashable, Sendable {
        package let message: String
        package let since: Timestamp
        /// No outage, but something that nobody should believe.
        package let isGrave: Bool

        package init(message: String, since: Timestamp, isGrave: Bool) {
            self.message = message
            self.since = since
            self.isGrave = isGrave
        }

        /// When it is tried again, where `last` was the last time that it could be: after half a minute,
        /// then after twice as long each time, and each hour in the end.
        ///
        /// The times follow from the beginning alone, so that whoever looks knows them.
        package func due(after last: Timestamp) -> Timestamp {
            let patience: Int64 = 3_600
            var due = since
            var tries = 0
            while due <= last {
                let pause = StepResult.delay(after: tries)
                guard pause < patience else {
                    let hours = (last.seconds - due.seconds) / patience + 1
                    return due.advanced(by: hours * patience)
                }
                due = due.advanced(by: pause)
                tries += 1
            }
            return due
        }
    }

    /// All that is kept of one.
    package struct Row: Hashable, Sendable {
        package let identity: Identity
        /// When its OCSP responder answered last.
        package let askedAt: Timestamp?
        package let failure: Failure?
        package let lists: [List]
    }

    private let database: Database

    package init(_ store: Store) {
        database = store.database
    }

    /// By name.
    package func all() throws(StoreError) -> [Row] {
        let lists = try self.lists()
        let statement = try database.prepare(
            """
            SELECT name, issuer, certificate, asked_at, error, error_since, is_grave
            FROM authorities ORDER BY name
            """)
        return try statement.all { row throws(StoreError) in
            let name = try row.text("name")
            let reading = RowReading(name, of: "authorities", in: row)
            let isGrave = try reading.flag("is_grave", in: row)
            var failure: Failure?
            if let message = try row.optionalText("error") {
                failure = try Failure(
                    message: message, since: row.time("error_since"), isGrave: isGrave)
            }
            return try Row(
                identity: Identity(
                    name: name, issuer: row.text("issuer"), certificate: row.blob("certificate")),
                askedAt: row.optionalTime("asked_at"), failure: failure, lists: lists[name] ?? [])
        }
    }

    /// A list as it was read last; nil: never of just this authority.
    package func list(_ source: String, of authority: Identity) throws(StoreError) -> List? {
        try all().first {
            $0.identity.name == authority.name && $0.identity.certificate == authority.certificate
        }?.lists.first { $0.source == source }
    }

    /// Those of the configuration from now on; what was read of one that stays is kept.
    ///
    /// One with another certificate is another one, whatever it is named: its lists count anew.
    package func replace(
        with identities: [Identity], in transaction: borrowing Transaction
    ) throws(StoreError) {
        for known in try all().map(\.identity)
        where !identities.contains(where: {
            $0.name == known.name && $0.certificate == known.certificate
        }) {
            try database.prepare("DELETE FROM authorities WHERE name = ?").run(known.name)
        }
        for identity in identities {
            try database.prepare(
                """
                INSERT INTO authorities (name, issuer, certificate) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE
                SET issuer = excluded.issuer, certificate = excluded.certificate
                """
            ).run(identity.name, identity.issuer, identity.certificate)
        }
    }

    package func set(
        _ list: List, of authority: String, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            INSERT INTO authority_lists (authority, source, number, this_update, next_update, read_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (authority, source) DO UPDATE
            SET number = excluded.number, this_update = excluded.this_update,
                next_update = excluded.next_update, read_at = excluded.read_at
            """
        ).run(
            authority, list.source, list.number, list.thisUpdate.seconds, list.nextUpdate?.seconds,
            list.readAt.seconds)
    }

    /// Forgets the lists of an authority that the configuration does not name any more.
    package func keepLists(
        _ sources: [String], of authority: String, in transaction: borrowing Transaction
    ) throws(StoreError) {
        for list in try lists()[authority] ?? [] where !sources.contains(list.source) {
            try database.prepare("DELETE FROM authority_lists WHERE authority = ? AND source = ?")
                .run(authority, list.source)
        }
    }

    /// Why it could not be followed; nil: it could.
    ///
    /// The time since which it could not stays while the error does.
    package func set(
        failure message: String?, isGrave: Bool, of authority: String, at now: Timestamp,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE authorities SET error = ?1, is_grave = ?2,
                error_since = iif(?1 IS NULL, NULL, coalesce(error_since, ?3))
            WHERE name = ?4
            """
        ).run(message, isGrave, now.seconds, authority)
    }

    /// Its responder answered.
    package func set(
        askedAt now: Timestamp, of authority: String, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare("UPDATE authorities SET asked_at = ? WHERE name = ?")
            .run(now.seconds, authority)
    }

    private func lists() throws(StoreError) -> [String: [List]] {
        var lists: [String: [List]] = [:]
        let statement = try database.prepare(
            """
            SELECT authority, source, number, this_update, next_update, read_at
            FROM authority_lists ORDER BY authority, source
            """)
        while try statement.step() {
            try lists[statement.text("authority"), default: []].append(
                List(
                    source: statement.text("source"), number: statement.optionalText("number"),
                    thisUpdate: statement.time("this_update"),
                    nextUpdate: statement.optionalTime("next_update"),
                    readAt: statement.time("read_at")))
        }
        return lists
    }
}
