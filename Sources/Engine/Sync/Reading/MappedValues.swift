internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Reads the properties of a user out of an entry: the values that can be kept, and why others can't.
///
/// What can't be kept is passed over as if it were not there. People may write into their own
/// entries whatever they like; it is in nobody's way.
struct MappedValues {
    enum Property: String {
        case username
        case givenName
        case familyName
        case displayName
        case mail
        case employeeNumber

        /// The most octets that it may have.
        fileprivate var limit: Int {
            switch self {
            case .username, .employeeNumber: 256
            // RFC 5321, 4.5.3.1: 64 before the `@` and 255 behind it.
            case .mail: 320
            case .givenName, .familyName, .displayName: 4096
            }
        }
    }

    /// Octets of one value of a kept attribute.
    private static let keptLimit = 1 << 20
    /// Further names of one entry: a search of the directory finds whoever has more.
    private static let mostNames = 256

    let templateAttributes: [AttributeName]
    private let map: UserMapping
    private let templateNames: [String: AttributeName]
    /// Where usernames and mail addresses come from, each by one attribute.
    private let naming: [(attribute: AttributeName, template: Template?, property: Property)]

    init(_ map: UserMapping) {
        self.map = map
        var names: [String: AttributeName] = [:]
        for name in map.sources.flatMap(\.templateNames) { names[name] = AttributeName(name) }
        templateNames = names
        templateAttributes = Array(names.values)
        naming = [(map.username, .username), (map.mail, .mail)].flatMap {
            (source: ValueSource?, property: Property) in
            (source?.alternatives ?? []).compactMap { alternative in
                switch alternative {
                case .attribute(let name): (name, nil, property)
                // Where a property comes of two attributes, nobody could tell which value belongs to
                // which.
                case .template(let template):
                    template.names.count == 1
                        ? names[template.names[0]].map { ($0, template, property) } : nil
                }
            }
        }
    }

    /// Of several values the RDN's, else the first in octet order: the server's order may change.
    func username(of entry: Entry, _ leftOut: inout [String]) -> String? {
        for alternative in map.username.alternatives {
            let name = text(of: alternative, in: entry, .username, &leftOut) { name in
                entry.values(of: name).count < 2 ? entry[name] : entry.namingValues(of: name)
            }
            if let name { return name }
        }
        return nil
    }

    /// The first that can be kept, of the first alternative that has one.
    func first(
        _ source: ValueSource?, of entry: Entry, _ property: Property, _ leftOut: inout [String]
    ) -> String? {
        guard let source else { return nil }
        for alternative in source.alternatives {
            let text = text(of: alternative, in: entry, property, &leftOut) { entry.values(of: $0) }
            if let text { return text }
        }
        return nil
    }

    /// Every value of the attributes of username and mail address that has several.
    func otherNames(of entry: Entry) -> [String] {
        var names: [String] = []
        for way in naming where entry.values(of: way.attribute).count > 1 {
            var ignored: [String] = []
            for value in entry.values(of: way.attribute) {
                guard let part = text(value, of: way.attribute, &ignored) else { continue }
                let name = way.template.map { $0.evaluate { _ in part } } ?? part
                names += [fitting(name, way.property, &ignored)].compactMap(\.self)
            }
        }
        return Array(names.prefix(Self.mostNames))
    }

    private func text(
        of alternative: ValueSource.Alternative, in entry: Entry, _ property: Property,
        _ leftOut: inout [String], values: (AttributeName) -> some Sequence<AttributeValue>
    ) -> String? {
        switch alternative {
        case .attribute(let name):
            for value in values(name) {
                if let text = fitting(text(value, of: name, &leftOut), property, &leftOut) {
                    return text
                }
            }
            return nil
        case .template(let template):
            var parts: [String: String] = [:]
            for part in template.names {
                guard let name = templateNames[part] else { continue }
                for value in values(name) {
                    guard let text = text(value, of: name, &leftOut) else { continue }
                    parts[part] = text
                    break
                }
            }
            return fitting(template.evaluate { parts[$0] }, property, &leftOut)
        }
    }

    /// nil for what is blank or too long.
    private func fitting(
        _ text: String?, _ property: Property, _ leftOut: inout [String]
    ) -> String? {
        guard let text, !text.isBlank else { return nil }
        guard text.utf8.count <= property.limit else {
            let why = MappingRejection.tooLong(
                property.rawValue, octets: text.utf8.count, limit: property.limit)
            return leave(out: why, &leftOut)
        }
        return text
    }

    /// The values of an attribute that is kept as it is.
    func keepable(
        _ values: Entry.Values, of name: AttributeName, _ leftOut: inout [String]
    ) -> [String] {
        var texts: [String] = []
        for value in values {
            guard value.octets.count <= Self.keptLimit else {
                let why = MappingRejection.tooLong(
                    name.spelling, octets: value.octets.count, limit: Self.keptLimit)
                _ = leave(out: why, &leftOut)
                continue
            }
            if let text = text(value, of: name, &leftOut) { texts.append(text) }
        }
        return texts
    }

    private func text(
        _ value: AttributeValue, of name: AttributeName, _ leftOut: inout [String]
    ) -> String? {
        guard let text = value.text else { return leave(out: .notText(name.spelling), &leftOut) }
        guard !value.octets.contains(0) else { return leave(out: .nul(name.spelling), &leftOut) }
        return text
    }

    private func leave(out reason: MappingRejection, _ leftOut: inout [String]) -> String? {
        if !leftOut.contains(reason.why) { leftOut.append(reason.why) }
        return nil
    }
}

extension Entry {
    /// The values of an attribute that names entries: that of the RDN first, the others in octet order.
    func namingValues(of name: AttributeName) -> [AttributeValue] {
        let values = self[name]
        guard values.count > 1 else { return values }
        let naming = (dn.firstRDN?.pairs ?? []).map {
            RDN(attribute: $0.attribute, value: $0.value)
        }
        // As names, which takes `userid` for `uid` and any case.
        func isNaming(_ value: AttributeValue) -> Bool {
            naming.contains(RDN(attribute: name, value: value))
        }
        return values.sorted {
            let (left, right) = (isNaming($0), isNaming($1))
            return left == right ? $0.octets.lexicographicallyPrecedes($1.octets) : left
        }
    }
}

extension String {
    /// Whether there is nothing but space, which no directory takes for a value.
    fileprivate var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 } }
}
