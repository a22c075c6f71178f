package import Identity

/// `lockstep.yaml`, checked and typed.
package struct Settings: Sendable {
    /// The absolute path of the file that was read.
    package var file: String
    package var store: StoreSettings
    /// In the order of the file; never empty.
    package var directories: [DirectorySettings]
    package var approval: ApprovalSettings
    /// nil: whoever may write the store may do everything.
    package var operators: [String: OperatorSettings]?
    /// Names of roles that a reactivation gives back.
    package var defaultRoles: [String]
    /// What makes accounts of two directories one person; empty: nothing does.
    package var samePerson: [PersonProperty]
    /// The CAs that issued certificates, in the order of the file; may be empty.
    package var authorities: [AuthoritySettings]
    /// Programs that hear what has happened, in the order of the file; may be empty.
    package var receivers: [ReceiverSettings]
    /// In the order of the file, then the built-in `directory-disabled` unless the file has its own.
    package var reasons: [Reason]
    /// Absolute; where to write metrics.
    package var metrics: String?
}

extension Settings {
    /// nil, reported, when anything is wrong.
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let store = section.field("store").flatMap(StoreSettings.init)
        let catalogue = ReasonCatalogue(section.field("reasons"))
        let operators = section.field("operators").flatMap(Self.operators)
        let approval = section.field("approval").flatMap {
            ApprovalSettings($0, operators: operators.map { Array($0.keys) })
        }
        let directories = section.field("directories").flatMap {
            Self.directories($0, catalogue: catalogue)
        }
        let defaultRoles = section.field("defaultRoles")?.items()?.readAll { $0.text() }
        let samePerson = section.field("samePerson")?.items()?
            .readAll { $0.word(PersonProperty.self) }
        let authorities = section.field("authorities").flatMap(Self.authorities)
        let receivers = section.field("receivers").flatMap(Self.receivers)
        let metrics = section.field("metrics")?.path()
        guard let store, let directories, let approval, let defaultRoles, let samePerson,
            let authorities, let receivers
        else { return nil }
        self.init(
            file: field.reading.file, store: store, directories: directories, approval: approval,
            operators: operators, defaultRoles: defaultRoles, samePerson: samePerson,
            authorities: authorities, receivers: receivers, reasons: catalogue.reasons,
            metrics: metrics)
    }

    private static func operators(_ field: Field) -> [String: OperatorSettings]? {
        guard let named = field.named() else { return nil }
        var operators: [String: OperatorSettings] = [:]
        for (login, field) in named { operators[login] = OperatorSettings(field) }
        return operators
    }

    private static func authorities(_ field: Field) -> [AuthoritySettings]? {
        let named = field.named()
        let settings = named?.compactMap { AuthoritySettings($1, name: $0) }
        return settings?.count == named?.count ? settings : nil
    }

    private static func receivers(_ field: Field) -> [ReceiverSettings]? {
        let named = field.named()
        let settings = named?.compactMap { ReceiverSettings($1, name: $0) }
        return settings?.count == named?.count ? settings : nil
    }

    private static func directories(
        _ field: Field, catalogue: ReasonCatalogue
    ) -> [DirectorySettings]? {
        guard let named = field.named() else { return nil }
        if named.isEmpty { field.reject("is empty; name at least one directory") }
        if named.count > 1, field.reading.passwordFile != nil {
            field.reject(
                "LOCKSTEP_PASSWORD_FILE is set, and there are \(named.count) directories; "
                    + "unset it, and write bind.passwordFile for each")
        }
        let names = named.map(\.name)
        var earlier: Set<String> = []
        return named.compactMap { name, field in
            _ = field.checkName(name)
            let directory = DirectorySettings(
                field, name: DirectoryName(rawValue: name), catalogue: catalogue)
            rejectRenaming(field, among: names, earlier: &earlier)
            return directory
        }
    }

    /// A former name must be free now, and belong to one directory alone.
    private static func rejectRenaming(
        _ field: Field, among names: [String], earlier: inout Set<String>
    ) {
        guard case .mapping(let pairs) = field.node.content,
            let pair = pairs.first(where: { $0.name == "renamedFrom" }),
            case .scalar(let scalar) = pair.value.content, !pair.value.isNull
        else { return }
        let former = Field(
            node: pair.value, place: field.place.key("renamedFrom"), reading: field.reading)
        if names.contains(scalar.text) {
            former.reject(
                "\(former.shown(scalar.text)) is the name of a directory in this file; "
                    + "write the name that this one had before, or null")
        } else if !earlier.insert(scalar.text).inserted {
            former.reject(
                "two directories were renamed from \(former.shown(scalar.text)); "
                    + "write it at one of them")
        }
    }
}

package struct StoreSettings: Sendable {
    /// Absolute.
    package var path: String
    /// Whether a sync may make the store when there is none.
    package var create: Bool
}

extension StoreSettings {
    /// A path, or a section with path and create.
    init?(_ field: Field) {
        guard case .mapping = field.node.content else {
            guard let path = field.path() else { return nil }
            self.init(path: path, create: true)
            return
        }
        guard let section = Section(field) else { return nil }
        let path = section.field("path")?.path()
        guard let create = section.field("create")?.boolean(), let path else { return nil }
        self.init(path: path, create: create)
    }
}
