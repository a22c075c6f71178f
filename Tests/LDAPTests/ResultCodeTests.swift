import LDAP
import Testing

@Suite struct ResultCodeTests {
    @Test(
        arguments: [
            (0, "success"), (10, "referral"), (16, "noSuchAttribute"),
            (20, "attributeOrValueExists"),
            (32, "noSuchObject"), (49, "invalidCredentials"), (50, "insufficientAccessRights"),
            (53, "unwillingToPerform"), (65, "objectClassViolation"), (122, "assertionFailed"),
            (4096, "e-syncRefreshRequired"), (-1, "serverDown"), (-5, "timeout"),
            (-11, "connectError"), (85, "timeout"), (4242, "unknown"),
        ] as [(Int32, String)])
    func `a code has the RFC's name`(code: Int32, name: String) {
        #expect(ResultCode(rawValue: code).name == name)
        #expect(ResultCode(rawValue: code).description == "\(name) (\(code))")
    }

    @Test(arguments: [3, 51, 52, 81, 85, 91, 118, -1, -5, -10, -11] as [Int32])
    func `a server that is down, busy or slow is tried again`(code: Int32) {
        #expect(ResultCode(rawValue: code).isPassing)
        for dialect in Dialect.all {
            #expect(dialect.outcome(of: ResultCode(rawValue: code), for: []) == .passing)
        }
    }

    @Test(
        arguments: [1, 2, 4, 8, 11, 13, 17, 19, 21, 34, 48, 49, 50, 64, 67, 80, -2, -7] as [Int32])
    func `what somebody has to repair lasts`(code: Int32) {
        #expect(!ResultCode(rawValue: code).isPassing)
        for dialect in Dialect.all {
            #expect(dialect.outcome(of: ResultCode(rawValue: code), for: []) == .lasting)
        }
    }

    @Test(
        arguments: [
            (Dialect.openldap, 0, .delete, .done),
            (.openldap, 16, .delete, .alreadyAbsent),
            (.openldap, 20, .add, .alreadyPresent),
            (.openldap, 10, .replace, .notWritableHere),
            (.openldap, 53, .delete, .notWritableHere),
            (.openldap, 32, .replace, .noSuchObject),
            (.openldap, 65, .delete, .objectClassViolation),
            (.openldap, 68, .add, .lasting),
            (.openldap, 122, .replace, .assertionFailed),
            (.directoryServer389, 16, .delete, .alreadyAbsent),
            (.directoryServer389, 20, .add, .alreadyPresent),
            (.directoryServer389, 10, .delete, .notWritableHere),
            (.directoryServer389, 53, .delete, .notWritableHere),
            (.freeIPA, 53, .add, .notWritableHere),
            (.freeIPA, 68, .add, .lasting),
            (.activeDirectory, 53, .delete, .alreadyAbsent),
            (.activeDirectory, 53, .add, .lasting),
            (.activeDirectory, 53, .replace, .lasting),
            (.activeDirectory, 68, .add, .alreadyPresent),
            (.activeDirectory, 68, .delete, .lasting),
            (.activeDirectory, 16, .delete, .alreadyAbsent),
            (.activeDirectory, 10, .replace, .notWritableHere),
            (.eDirectory, 53, .delete, .lasting),
            (.eDirectory, 16, .delete, .alreadyAbsent),
            (.eDirectory, 20, .add, .alreadyPresent),
            (.openDJ, 53, .delete, .lasting),
            (.openDJ, 65, .delete, .objectClassViolation),
            (.openDJ, 10, .replace, .notWritableHere),
            (.pingDirectory, 53, .replace, .lasting),
            (.pingDirectory, 68, .add, .lasting),
            (.ibmSDS, 53, .add, .lasting),
            (.ibmSDS, 20, .add, .alreadyPresent),
            (.custom, 53, .delete, .lasting),
            (.custom, 10, .replace, .notWritableHere),
        ] as [(Dialect, Int32, Modification.Kind, ModifyOutcome)])
    func `an answer is read as the server means it`(
        dialect: Dialect, code: Int32, kind: Modification.Kind, outcome: ModifyOutcome
    ) {
        let modification = Modification(kind, AttributeName(trusted: "member"), [])
        #expect(dialect.outcome(of: ResultCode(rawValue: code), for: [modification]) == outcome)
    }
}
