"""Settings of allauth, whose pages people sign up and in with; read into marketplace/settings.py."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True  # one address a person; a new one replaces it once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # "your password was changed": so that a stranger cannot do it unseen
_forms = "signup login add_email reset_password reset_password_from_key change_password set_password reauthenticate"
_forms += " request_login_code confirm_login_code"
ACCOUNT_FORMS = {
    word: f"accounts.forms.{word.replace('from_', '').title().replace('_', '')}Form"
    for word in _forms.split()
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 0  # seconds; the rule book decides instead (accounts/reauthentication.py)
ACCOUNT_RATE_LIMITS = (
    False  # the rule book's instead: accounts/views/sign_in.py, accounts/services/sign_in.py
)
# What follows these in a path opens an account; it is hidden in the logs.
SECRET_PATHS = ("/account/password/reset/key/", "/account/confirm-email/", "/news/mail/")
ACCOUNT_LOGIN_BY_CODE_ENABLED = True  # the way in for who is locked out by somebody else's wrong passwords
