"""What a command prints is its own, also where mails have no server to go to."""

from django.core.mail import EmailMessage, get_connection


def test_mails_without_a_server_go_to_the_log(capsys):
    connection = get_connection("config.mail.EmailBackend")
    EmailMessage("Ключ", "Новый ключ API.", to=["anna@example.org"], connection=connection).send()
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "anna@example.org" in printed.err
