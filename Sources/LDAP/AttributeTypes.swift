/// One name for each attribute type that RDNs are made of and that has several.
///
/// Sources: RFC 4519 (2.1–2.41), RFC 4524, RFC 2798, RFC 2985 and the aliases that OpenLDAP's and
/// 389's schema files add. The shortest name stands for the type, so that a name of three letters
/// or fewer always stands for itself.
enum AttributeTypes {
    /// The one name of an attribute type that is given in lower case.
    static func canonical(_ folded: String) -> String {
        names[folded] ?? folded
    }

    /// Whether a type in lower case has another name that stands for it.
    static func isAlias(_ folded: String) -> Bool {
        names[folded] != nil
    }

    /// Every name of a type that is given in lower case by one of them.
    static func names(of folded: String) -> [String] {
        let canonical = canonical(folded)
        return others[canonical].map { [canonical] + $0 } ?? [folded]
    }

    private static let others = Dictionary(uniqueKeysWithValues: table)

    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for (canonical, others) in table {
            for other in others { names[other] = canonical }
        }
        return names
    }()

    private static let table: [(String, [String])] = [
        ("cn", ["commonname", "2.5.4.3"]),
        ("sn", ["surname", "2.5.4.4"]),
        ("serialnumber", ["2.5.4.5"]),
        ("c", ["countryname", "2.5.4.6"]),
        ("l", ["localityname", "2.5.4.7"]),
        ("st", ["stateorprovincename", "2.5.4.8"]),
        ("street", ["streetaddress", "2.5.4.9"]),
        ("o", ["organizationname", "2.5.4.10"]),
        ("ou", ["organizationalunitname", "2.5.4.11"]),
        ("title", ["2.5.4.12"]),
        ("description", ["2.5.4.13"]),
        ("businesscategory", ["2.5.4.15"]),
        ("postaladdress", ["2.5.4.16"]),
        ("postalcode", ["2.5.4.17"]),
        ("postofficebox", ["2.5.4.18"]),
        ("physicaldeliveryofficename", ["2.5.4.19"]),
        ("telephonenumber", ["2.5.4.20"]),
        ("fax", ["facsimiletelephonenumber", "2.5.4.23"]),
        ("member", ["2.5.4.31"]),
        ("owner", ["2.5.4.32"]),
        ("roleoccupant", ["2.5.4.33"]),
        ("seealso", ["2.5.4.34"]),
        ("name", ["2.5.4.41"]),
        ("gn", ["givenname", "2.5.4.42"]),
        ("initials", ["2.5.4.43"]),
        ("generationqualifier", ["2.5.4.44"]),
        ("x500uniqueidentifier", ["2.5.4.45"]),
        ("dnqualifier", ["2.5.4.46"]),
        ("distinguishedname", ["2.5.4.49"]),
        ("uniquemember", ["2.5.4.50"]),
        ("houseidentifier", ["2.5.4.51"]),
        ("pseudonym", ["2.5.4.65"]),
        ("uid", ["userid", "0.9.2342.19200300.100.1.1"]),
        ("mail", ["rfc822mailbox", "0.9.2342.19200300.100.1.3"]),
        ("info", ["0.9.2342.19200300.100.1.4"]),
        ("host", ["0.9.2342.19200300.100.1.9"]),
        ("documentidentifier", ["0.9.2342.19200300.100.1.11"]),
        ("homephone", ["hometelephonenumber", "0.9.2342.19200300.100.1.20"]),
        ("dc", ["domaincomponent", "0.9.2342.19200300.100.1.25"]),
        ("associateddomain", ["0.9.2342.19200300.100.1.37"]),
        ("associatedname", ["0.9.2342.19200300.100.1.38"]),
        ("mobile", ["mobiletelephonenumber", "0.9.2342.19200300.100.1.41"]),
        ("pager", ["pagertelephonenumber", "0.9.2342.19200300.100.1.42"]),
        ("co", ["friendlycountryname", "0.9.2342.19200300.100.1.43"]),
        ("uniqueidentifier", ["0.9.2342.19200300.100.1.44"]),
        ("organizationalstatus", ["0.9.2342.19200300.100.1.45"]),
        ("employeenumber", ["2.16.840.1.113730.3.1.3"]),
        ("employeetype", ["2.16.840.1.113730.3.1.4"]),
        ("displayname", ["2.16.840.1.113730.3.1.241"]),
        ("email", ["emailaddress", "pkcs9email", "1.2.840.113549.1.9.1"]),
        ("nsuniqueid", ["2.16.840.1.113730.3.1.542"]),
        ("entryuuid", ["1.3.6.1.1.16.4"]),
    ]
}
