/// Why an entry can't be a user: one sentence without a full stop.
struct MappingRejection: Error, Equatable, CustomStringConvertible {
    let why: String

    var description: String { why }

    static func noUsername(_ sources: String) -> MappingRejection {
        MappingRejection(why: "no username: \(sources) has no value")
    }

    static func notText(_ attribute: String) -> MappingRejection {
        MappingRejection(why: "\(attribute) is not UTF-8 text")
    }

    static func nul(_ attribute: String) -> MappingRejection {
        MappingRejection(why: "\(attribute) contains a NUL")
    }

    static func tooLong(_ property: String, octets: Int, limit: Int) -> MappingRejection {
        MappingRejection(why: "\(property) has \(octets) octets, more than \(limit)")
    }
}
