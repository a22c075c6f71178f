package import LDAP

/// An attribute that a process wrote, and what stood there before.
package struct AttributeRestoration: Hashable, Sendable {
    package let attribute: AttributeName
    /// What was written; whoever changed it since is left alone.
    package let written: [AttributeValue]
    /// Empty: there was no value.
    package let prior: [AttributeValue]

    package init(attribute: AttributeName, written: [AttributeValue], prior: [AttributeValue]) {
        self.attribute = attribute
        self.written = written
        self.prior = prior
    }

    /// Whether something else stood there before.
    package var changesAnything: Bool { Set(prior) != Set(written) }

    /// Whether nobody has changed what was written.
    package func isUntouched(in entry: Entry) -> Bool {
        Set(entry[attribute]) == Set(written)
    }

    /// The request that puts the former values back.
    package var modification: Modification { Modification(.replace, attribute, prior) }
}

/// The values that an attribute is to have.
package struct AttributeWrite: Hashable, Sendable {
    package let attribute: AttributeName
    /// Empty: the attribute is to be deleted.
    package let values: [AttributeValue]
    /// An object class: an entry without it is left alone; nil: it is for all.
    package let ifClass: String?

    package init(attribute: AttributeName, values: [AttributeValue], ifClass: String? = nil) {
        self.attribute = attribute
        self.values = values
        self.ifClass = ifClass
    }

    /// Why it is not written though it may be meant for the entry, whose classes are hidden.
    package var hiddenClass: String {
        "\(attribute) is not written: whether the entry has the class \(ifClass ?? "") is hidden from "
            + "the bind DN"
    }
}

/// What stood in an entry before a step's first attempt: each attribute that it writes, with all values.
package struct PriorValues: Hashable, Sendable {
    package let attributes: [AttributeWrite]

    package init(attributes: [AttributeWrite]) {
        self.attributes = attributes
    }
}
