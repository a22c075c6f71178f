#!/usr/bin/python3
"""django-python3-ldap's `ldap_sync_users`: everybody into Django's table of users, in SQLite; no groups.

django_users.py URI BIND_DN PASSWORD_FILE PEOPLE STORE
"""
import sys

import django
from django.conf import settings
from django.core.management import call_command


def bind_dn(fields):
    return fields["username"]


def main(uri, dn, password_file, people, store):
    with open(password_file) as file:
        password = file.read().rstrip("\n")
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_python3_ldap"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": store}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        LDAP_AUTH_URL=[uri],
        LDAP_AUTH_SEARCH_BASE=people,
        LDAP_AUTH_OBJECT_CLASS="inetOrgPerson",
        LDAP_AUTH_USER_FIELDS={"username": "uid", "first_name": "givenName", "last_name": "sn", "email": "mail"},
        LDAP_AUTH_CONNECTION_USERNAME=dn,
        LDAP_AUTH_CONNECTION_PASSWORD=password,
        LDAP_AUTH_FORMAT_USERNAME="__main__.bind_dn",
    )
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("ldap_sync_users", verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:])
