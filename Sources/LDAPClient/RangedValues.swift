internal import CLDAP
internal import LDAP

/// Values that a server gives out in ranges ([MS-ADTS] 3.1.1.3.1.3.3).
///
/// Active Directory answers `member;range=0-1499` when a group has more members than it sends at once,
/// beside a `member` without values; `member;range=1500-*` asks for those that follow.
struct RangedValues {
    let handle: Handle
    let entry: DN

    /// The first and last place of a range; no last where there is nothing after it.
    struct Range: Equatable {
        let first: Int
        let last: Int?

        /// nil for a name without a range.
        init?(_ name: AttributeName) {
            let option = name.folded.split(separator: ";").dropFirst().first {
                $0.hasPrefix("range=")
            }
            guard let parts = option?.dropFirst("range=".count).split(separator: "-"),
                parts.count == 2, let first = Int(parts[0])
            else { return nil }
            let last = parts[1] == "*" ? nil : Int(parts[1])
            guard parts[1] == "*" || last != nil, (last ?? first) < 1 << 40 else { return nil }
            self.first = first
            self.last = last
        }
    }

    /// The attributes with every range read to its end, under their plain names.
    func complete(_ attributes: [Entry.Attribute]) throws(LDAPFailure) -> [Entry.Attribute] {
        let end = handle.beginOperation()
        var octets = 0
        var whole: [Entry.Attribute] = []
        var ranged: Set<AttributeName> = []
        for attribute in attributes {
            guard let range = Range(attribute.name) else {
                whole.append(attribute)
                continue
            }
            let plain = Self.plain(attribute.name)
            ranged.insert(plain)
            let values = try rest(of: plain, after: range, attribute.values, &octets, until: end)
            whole.append(Entry.Attribute(name: plain, values: values))
        }
        return whole.filter { !($0.values.isEmpty && ranged.contains($0.name)) }
    }

    private func rest(
        of name: AttributeName, after start: Range, _ found: [AttributeValue],
        _ octets: inout Int, until end: Instant
    ) throws(LDAPFailure) -> [AttributeValue] {
        guard start.first == 0 else { throw gap }
        var values = found
        var range = start
        while let last = range.last {
            let wanted = AttributeName(trusted: "\(name.spelling);range=\(last + 1)-*")
            guard let next = try read(wanted, until: end) else { return values }
            guard let place = Range(next.name), place.first == last + 1,
                (place.last ?? Int.max) > last, Self.plain(next.name) == name
            else { throw gap }
            octets += next.values.reduce(0) { $0 + $1.octets.count }
            guard octets <= Self.mostOctets else { throw gap }
            values += next.values
            range = place
        }
        return values
    }

    /// Of one entry's values that come in ranges: as many as would go into one message.
    private static let mostOctets = 128 << 20

    /// nil past the end.
    private func read(
        _ name: AttributeName, until end: Instant
    ) throws(LDAPFailure) -> Entry.Attribute? {
        let request = SearchRequest(
            base: entry, scope: .base,
            filter: .present(AttributeName(trusted: "objectClass")), attributes: [name])
        let id = try request.send(on: handle)
        var reader = EntryReader([name])
        var found: Entry.Attribute?
        while true {
            let message = try handle.receive(id, until: end, .search, entry.text)
            switch message.type {
            case ber_int_t(LDAP_RES_SEARCH_ENTRY):
                guard found == nil, case .entry(let entry) = try reader.read(message, on: handle),
                    request.reaches(entry.dn)
                else { throw gap }
                found = entry.attributes.first { !$0.values.isEmpty }
            case ber_int_t(LDAP_RES_SEARCH_RESULT):
                let outcome = try handle.outcome(message, .search, entry.text)
                guard outcome.code == .success else {
                    throw outcome.failure(.search, entry.text, isIncomplete: true)
                }
                return found
            default: continue
            }
        }
    }

    private var gap: LDAPFailure {
        LDAPFailure(
            attempted: .search, target: entry.text, code: .decodingError,
            diagnostic: "the server gave out values in ranges that do not follow each other",
            isIncomplete: true)
    }

    /// The name without its range; other options stay.
    static func plain(_ name: AttributeName) -> AttributeName {
        let parts = name.spelling.split(separator: ";", omittingEmptySubsequences: false)
        let kept = parts.filter { !$0.lowercased().hasPrefix("range=") }
        return AttributeName(trusted: kept.joined(separator: ";"))
    }
}
