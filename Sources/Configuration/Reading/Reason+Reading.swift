package import Identity
internal import LDAP

extension Reason {
    /// The reason of a deactivation that the directory caused; there without being written.
    package static let directoryDisabled = Reason(
        code: "directory-disabled", text: "Disabled or gone in the directory",
        useCases: [.deactivate], revocation: nil, write: [], recognise: [], enabled: true)

    /// What a template under `write` may name.
    package static let templateNames = [
        "now", "operator", "user.username", "user.givenName", "user.familyName", "user.displayName",
        "user.mail", "user.employeeNumber", "user.dn", "reason.code", "reason.text", "note",
    ]

    init?(_ field: Field, code: String) {
        guard let section = Section(field) else { return nil }
        let text = section.has("text") ? section.field("text")?.text() : code
        let useCases = section.field("for")?.oneOrMoreOfAList()?.readAll { item in
            item.word(among: UseCase.configured.map(\.word)).flatMap { word in
                UseCase.configured.first { $0.word == word }
            }
        }
        let revocation = Self.revocation(section, useCases)
        let write = section.field("write").flatMap(Self.written)
        let recognise = section.field("recognise").flatMap {
            Self.recognised($0, isForLock: useCases?.contains(.lock) ?? true)
        }
        let enabled = section.field("enabled")?.boolean()
        guard let text, let useCases, let write, let recognise, let enabled else { return nil }
        self.init(
            code: code, text: text, useCases: useCases, revocation: revocation, write: write,
            recognise: recognise, enabled: enabled)
    }

    /// The reason with a directory's own write and recognise.
    func adapted(_ field: Field) -> Reason {
        guard let section = Section(field) else { return self }
        let write = section.field("write").flatMap(Self.written)
        let recognise = section.field("recognise").flatMap {
            Self.recognised($0, isForLock: useCases.contains(.lock))
        }
        return Reason(
            code: code, text: text, useCases: useCases, revocation: revocation,
            write: write ?? self.write, recognise: recognise ?? self.recognise, enabled: enabled)
    }

    /// Required for a lock reason, refused for others; nothing is known when `for` was rejected.
    private static func revocation(
        _ section: Section, _ useCases: [UseCase]?
    ) -> RevocationReason? {
        let allowed = RevocationReason.forLock.map(\.rawValue)
        let list = allowed.joined(separator: ", ")
        guard let field = section.field("revocation") else {
            if useCases?.contains(.lock) ?? false {
                section.field.reading.reject(
                    at: section.field.node.mark,
                    path: section.field.place.key("revocation").written,
                    "is missing, and a reason for lock needs it; write one of \(list)")
            }
            return nil
        }
        if let useCases, !useCases.contains(.lock) {
            field.reject("only a reason for lock revokes; leave it out, or add lock to for")
            return nil
        }
        guard let text = field.text() else { return nil }
        // The names of RFC 5280 that are no misspelling of ours.
        if ["certificateHold", "cACompromise", "removeFromCRL", "aACompromise"].contains(text) {
            field.reject("a lock never revokes with \(text); allowed: \(list)")
            return nil
        }
        return field.word(among: allowed).flatMap(RevocationReason.init(rawValue:))
    }

    private static func written(_ field: Field) -> [Written]? {
        attributes(field)?.readAll { attribute, field -> Written? in
            guard let name = AttributeName(attribute) else {
                field.reject("\(field.shown(attribute)) is no attribute; write a name such as mail")
                return nil
            }
            if field.node.isNull { return Written(attribute: name, write: .delete) }
            if case .mapping = field.node.content { return conditional(name, field) }
            return replacement(name, field).map { Written(attribute: name, write: $0) }
        }
    }

    private static func replacement(_ name: AttributeName, _ field: Field) -> Write? {
        guard !name.isPassword else {
            field.reject("\(name) holds a password, which a reason may only delete; write null")
            return nil
        }
        return field.oneOrMore()?.readAll { $0.template(names: templateNames) }.map(Write.replace)
    }

    /// `{ifClass: posixAccount, value: /usr/sbin/nologin}`; without a value the attribute is deleted.
    private static func conditional(_ name: AttributeName, _ field: Field) -> Written? {
        guard let section = Section(field),
            let ifClass = section.field("ifClass")?.objectClass()
        else { return nil }
        guard let value = section.field("value") else {
            return Written(attribute: name, write: .delete, ifClass: ifClass)
        }
        return replacement(name, value).map {
            Written(attribute: name, write: $0, ifClass: ifClass)
        }
    }

    private static func recognised(_ field: Field, isForLock: Bool) -> [Recognised]? {
        let read = attributes(field)?.readAll { attribute, field -> Recognised? in
            guard let name = field.attribute(named: attribute) else { return nil }
            let values = field.oneOrMore()?.readAll { $0.text() }
            return values.map { Recognised(attribute: name, values: $0) }
        }
        if let read, !read.isEmpty, !isForLock {
            field.reject("only a reason for lock is recognised; leave it out, or add lock to for")
            return nil
        }
        return read
    }

    /// The attributes below `write` or `recognise`; one that stands there in two spellings is
    /// rejected.
    private static func attributes(_ field: Field) -> [(name: String, field: Field)]? {
        guard let named = field.named() else { return nil }
        var spellings: [String: String] = [:]
        for (name, field) in named {
            guard let first = spellings.updateValue(name, forKey: name.lowercased()) else {
                continue
            }
            field.reject("is the same attribute as \(field.shown(first)); keep one of them")
        }
        return named
    }
}

extension [(name: String, field: Field)] {
    /// Every attribute read; nil when one of them could not be.
    fileprivate func readAll<Value>(_ read: (String, Field) -> Value?) -> [Value]? {
        let values = compactMap { read($0.name, $0.field) }
        return values.count == count ? values : nil
    }
}

extension Field {
    /// The items of a list that has some; a single value is no list.
    fileprivate func oneOrMoreOfAList() -> [Field]? {
        guard items() != nil else { return nil }
        return oneOrMore()
    }
}
