# The Example Lighthouse Works as LDIF: people from `names`, their groups, a password policy and three accounts
# of no person. The same every time.
#
#   awk -v people=300 -v password={SSHA}… -v service={SSHA}… -v canary={SSHA}… -v certificate=BASE64 \
#       -f organisation.awk names
#
# Written for any awk: Debian's mawk counts octets, so no text is ever cut or folded here.

BEGIN {
    suffix = "dc=lighthouse,dc=example"
    departmentCount = split("Lamp Room|Night Watch|Fog Signals|Lens Room|Chart Room|Harbour Pilots|Boat Crew|" \
        "Supplies|Accounts|Personnel|Workshop|Radio Room", departments, "|")
    titleCount = split("Keeper|Second Keeper|Engineer|Apprentice|Master|Clerk|Relief Keeper", titles, "|")
}

/^#/ || /^[ \t]*$/ { next }
{ line = (line + 1) % 3 }
line == 1 { order[++languages] = $1 }
line == 2 { remember(given, 6) }
line == 0 { remember(family, 6) }

END {
    writeFrame()
    writePerson("ada", "Ada", "Ljósberg", "Ada Ljósberg", "Keeper of the Great Lens", 4, certificate)
    join("ada", "staff lamp-keepers night-watch vpn-users door-tower great-lens-key")
    shell = "ada"
    for (number = 2; number <= people; number++) writeNthPerson(number - 2)
    writeGroups()
}

# Keeps the names of this line, as written and in Latin letters.
function remember(kind, count,    i, parts) {
    for (i = 1; i <= count; i++) {
        split($i, parts, "=")
        gsub(/_/, " ", parts[1])
        kind[languages, i - 1] = parts[1]
        kind[languages, i - 1, "latin"] = parts[2]
    }
}

function entry(dn, classes,    i, count, names) {
    printf "\ndn: %s\n", dn
    count = split(classes, names, " ")
    for (i = 1; i <= count; i++) printf "objectClass: %s\n", names[i]
}

function writeFrame(    i, count, units) {
    entry(suffix, "organization dcObject")
    print "dc: lighthouse\no: Example Lighthouse Works"
    count = split("people groups services policies", units, " ")
    for (i = 1; i <= count; i++) {
        entry("ou=" units[i] "," suffix, "organizationalUnit")
        print "ou: " units[i]
    }
    entry("cn=default,ou=policies," suffix, "device pwdPolicy")
    print "cn: default\npwdAttribute: userPassword\npwdLockout: TRUE"
    writeAccount("lockstep", service, "Lockstep signs in as this account")
    writeAccount("canary", canary, "Nobody's: Lockstep locks it to prove that a lock is enforced")
    entry("cn=nobody,ou=services," suffix, "device")
    print "cn: nobody\ndescription: Keeps a group alive when its last member has gone"
}

function writeAccount(name, hash, text) {
    entry("cn=" name ",ou=services," suffix, "applicationProcess simpleSecurityObject")
    printf "cn: %s\nuserPassword: %s\ndescription: %s\n", name, hash, text
}

function writePerson(username, givenName, familyName, displayName, title, department, der) {
    written++
    entry("uid=" username ",ou=people," suffix, "inetOrgPerson")
    printf "uid: %s\ngivenName: %s\nsn: %s\ncn: %s %s\n", username, givenName, familyName, givenName, familyName
    printf "displayName: %s\nmail: %s@lighthouse.example\n", displayName, username
    printf "employeeNumber: %d\ntitle: %s\n", 1000 + written, title
    printf "departmentNumber: %s\nuserPassword: %s\n", departments[department], password
    if (der != "") printf "userCertificate;binary:: %s\n", der
}

# Walks through the languages, and in each through the pairs of a given and a family name, no pair twice.
function writeNthPerson(n,    language, pair, g, f, username, department) {
    language = n % languages + 1
    pair = int(n / languages)
    g = pair % 6
    f = (pair + int(pair / 6)) % 6
    username = given[language, g, "latin"] "." family[language, f, "latin"]
    if (username in taken) username = username (1000 + written)
    taken[username] = 1
    department = n % departmentCount + 1
    writePerson(username, given[language, g], family[language, f], displayed(language, g, f), \
        titles[n % titleCount + 1], department, "")
    joinByDepartment(username, n, department)
}

function displayed(language, g, f) {
    if (order[language] == "given_family") return given[language, g] " " family[language, f]
    if (order[language] == "family_given") return family[language, f] " " given[language, g]
    return family[language, f] given[language, g]
}

function join(username, list,    i, count, names) {
    count = split(list, names, " ")
    for (i = 1; i <= count; i++)
        members[names[i]] = members[names[i]] "member: uid=" username ",ou=people," suffix "\n"
}

function joinByDepartment(username, n, department,    names) {
    split("lamp-keepers night-watch fog-signals lens-room chart-room harbour-pilots boat-crew supplies " \
        "accounts personnel workshop radio-room", names, " ")
    join(username, "staff " names[department])
    if (n % 3 == 0) join(username, "vpn-users")
    if (n % 5 == 0) join(username, "wiki-editors")
    if (n % 7 == 0) join(username, "archive-readers")
    if (department <= 4) join(username, "door-tower")
    if (names[department] == "workshop") join(username, "door-workshop")
    if (department <= 2) shell = shell " " username
}

function writeGroups(    i, count, names) {
    count = split("staff lamp-keepers night-watch fog-signals lens-room chart-room harbour-pilots boat-crew " \
        "supplies accounts personnel workshop radio-room vpn-users wiki-editors archive-readers door-tower " \
        "door-workshop great-lens-key", names, " ")
    for (i = 1; i <= count; i++) writeGroup(names[i], members[names[i]])
    writeGroup("first-aid", "member: cn=nobody,ou=services," suffix "\n")
    writeGroup("tower-crew", "member: cn=lamp-keepers,ou=groups," suffix "\nmember: cn=night-watch,ou=groups," suffix "\n")
    entry("cn=lamp-shell,ou=groups," suffix, "posixGroup")
    print "cn: lamp-shell\ngidNumber: 5001"
    count = split(shell, names, " ")
    for (i = 1; i <= count; i++) print "memberUid: " names[i]
}

function writeGroup(name, values) {
    entry("cn=" name ",ou=groups," suffix, "groupOfNames")
    printf "cn: %s\n%s", name, values
}
