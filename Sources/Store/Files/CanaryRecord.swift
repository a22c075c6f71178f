package import Ground
package import Identity
package import LDAP

/// What is known of one directory's canary: whether it is to be given back, and what it proved.
package struct CanaryRecord: Hashable, Sendable {
    /// How long a proof is believed: a policy may be changed at any time.
    private static let lasts: Int64 = 7 * 86_400

    /// What undoes its lock.
    package struct Lock: Hashable, Sendable {
        package let entryID: EntryID
        package let dn: StoredDN
        package let prior: PriorValues
        package let at: Timestamp

        package init(entryID: EntryID, dn: StoredDN, prior: PriorValues, at: Timestamp) {
            self.entryID = entryID
            self.dn = dn
            self.prior = prior
            self.at = at
        }
    }

    /// Written before the first attempt to lock it; nil once it was seen to be open again.
    package var lock: Lock?
    /// nil: nothing was proven.
    package var provenAt: Timestamp?
    /// The policy under which it was proven; empty: the one by default.
    package var policy = ""

    package init() {}

    /// Whether a lock of an entry under this policy is proven to be enforced.
    package func proves(_ policy: String, at now: Timestamp) -> Bool {
        guard let provenAt, self.policy == policy else { return false }
        return provenAt <= now.advanced(by: 60) && now < provenAt.advanced(by: Self.lasts)
    }
}

extension CanaryRecord {
    var json: JSONValue {
        [
            "lock": lock.map {
                [
                    "entryID": .string($0.entryID.text), "dn": .string($0.dn.text),
                    "prior": $0.prior.json, "at": .int($0.at.seconds),
                ]
            } ?? .null,
            "provenAt": provenAt.map { .int($0.seconds) } ?? .null, "policy": .string(policy),
        ]
    }

    init(json: JSONValue) throws(Unreadable) {
        switch json["provenAt"] {
        case .int(let seconds): provenAt = Timestamp(seconds: seconds)
        case .null: provenAt = nil
        default: throw Unreadable("has no time “provenAt”")
        }
        policy = try json.text("policy")
        guard let lock = json["lock"] else { throw Unreadable("does not say what is locked") }
        guard lock != .null else { return }
        guard let at = lock["at"]?.int else { throw Unreadable("has no time “at”") }
        self.lock = Lock(
            entryID: EntryID(try lock.text("entryID")), dn: StoredDN(text: try lock.text("dn")),
            prior: try PriorValues(json: lock["prior"] ?? .null), at: Timestamp(seconds: at))
    }
}
