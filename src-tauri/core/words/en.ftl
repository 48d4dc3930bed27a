### Every sentence that the window, the terminal and the reports share.
### Say what was seen, then what it means, then what to do and who can.
### "Accepted by Exchange Online", never "delivered".

## Help below the form's fields

field-system-email-address = Incorta signs in and sends as this mailbox.
field-smtp-oauth-client-id = Application (client) ID on the app registration’s overview page.
field-smtp-oauth-client-secret = The secret’s Value, which Entra shows once.
field-smtp-oauth-token-endpoint = Tenant ID, then /oauth2/v2.0/token. Incorta adds { "https://login.microsoftonline.com/" } before it.

## Issues of the form

issue-required = Fill in { $label }.
issue-required-smtp-host = Type the SMTP host: smtp.office365.com.
issue-required-port = Type the port: 587.
issue-required-system-email-address = Type the address of the mailbox that sends, for example reports@contoso.com.
issue-required-smtp-oauth-client-id = Paste the Application (client) ID of the app registration.
issue-required-smtp-oauth-token-endpoint = Type the tenant’s endpoint: tenant ID, then /oauth2/v2.0/token.
issue-required-smtp-oauth-scope = Type the scope: https://outlook.office365.com/.default
issue-control-characters = { $label } holds invisible characters. Type it again without them.
issue-protocol-not-smtp = “{ $value }” cannot send through Microsoft 365. Choose SMTP.
issue-host-malformed = “{ $value }” is not a host name. Type the name alone, without a scheme or a port.
issue-host-other = Exchange Online takes mail at smtp.office365.com, not at { $value }.
issue-port-malformed = “{ $value }” is not a port. Type a number from 1 to 65535; Exchange Online uses 587.
issue-port-other = Exchange Online takes signed-in mail at port 587, not at { $value }.
issue-address-malformed = “{ $value }” is not an e-mail address. Type it as name@domain.
issue-address-several = Only one mailbox can send. Type a single address.
issue-address-other-tenant = { $domain } does not belong to the tenant in the token endpoint.
issue-authentication-disabled = Exchange Online takes no mail without sign-in. Enable this in Incorta.
issue-senders-username-enabled = Incorta would sign in with each sender’s own name. Disable this: the application signs in as the mailbox above.
issue-oauth-disabled = Without OAuth, Incorta signs in with a password, which Microsoft is retiring. Enable this in Incorta. The check uses OAuth all the same.
issue-oauth-fields-missing = Enable this and fill in the fields below it: the check signs in with OAuth.
issue-client-id-malformed = This is not an application ID. It has the form 00000000-0000-0000-0000-000000000000.
issue-client-id-is-tenant-id = This is the same as the tenant ID. Copy the Application (client) ID, not the Directory (tenant) ID.
issue-secret-is-secret-id = This has the form of the secret’s ID. Incorta needs the secret’s Value, from the column beside it.
issue-endpoint-malformed = Type the tenant ID, then /oauth2/v2.0/token.
issue-endpoint-only-tenant = This is only the tenant. Incorta needs the path behind it as well.
issue-endpoint-not-relative = Incorta adds the login host itself. Give it only the part after the host; the values to copy are already shortened.
issue-endpoint-foreign-host = { $value } is not one of Microsoft’s login hosts.
issue-endpoint-other-cloud = { $value } serves { $cloud }. It can be checked here, but Incorta always asks { $incorta } and cannot reach it.
issue-endpoint-v1 = This is the older v1 endpoint. Use the v2.0 endpoint.
issue-endpoint-not-specific = “{ $value }” names no tenant, and an application signs in to one tenant only. Put the tenant ID in its place.
issue-scope-malformed = Only one scope can be asked for, without spaces.
issue-scope-graph = This scope is for Microsoft Graph. Mail by SMTP needs Exchange Online’s scope.
issue-scope-not-default = An application asks for all its permissions at once: the scope ends in /.default.
issue-scope-other-cloud = This scope belongs to another national cloud, which Incorta cannot reach.
issue-scope-other = This is not Exchange Online’s scope.

suggestion-use = Use { $value }
suggestion-enable = Enable
suggestion-disable = Disable

## Notes after a paste

paste-cleaned = Spaces and invisible characters around it were taken away.
paste-endpoint-shortened = Shortened from the full address you pasted: Incorta adds the rest.
paste-found-client-id = Found in the text you pasted.
paste-found-tenant-id = Made from the tenant ID in the text you pasted.
paste-found-mailbox = Found in the text you pasted.
paste-found-setting = Found in the text you pasted.

## The stages' names

stage-settings = Settings
stage-token = Token
stage-claims = Claims
stage-resolve = Resolve
stage-connect = Connect
stage-greeting = Greeting
stage-starttls = TLS
stage-sign-in = Sign-in
stage-sender = Sender
stage-recipient = Recipient
stage-message = Message

## How a stage ended

summary-skipped = Not reached.
summary-cancelled = Stopped by you.
summary-settings = The form is complete.
summary-token = { $host } issued a token for { $minutes } minutes.
summary-token-unexpected = { $host } answered with HTTP status { $status } and no token.
summary-claims = The token is for Exchange Online and carries { $role }.
summary-claims-rbac = The token is for Exchange Online.
summary-claims-opaque = The token cannot be read here; Exchange Online will judge it.
summary-claims-audience = The token is for { $audience }, not for Exchange Online.
summary-claims-tenant = The token is from another tenant than the form’s.
summary-claims-application = The token is for another application than the form’s.
summary-claims-delegated = The token speaks for a user, not for the application.
summary-claims-no-role = The token does not carry { $role }.
summary-starttls = { $version }, certificate for { $subject }

fault-host-not-found = The host name has no address.
fault-connection-refused = The connection was refused.
fault-connection-timed-out = No address answered in time.
fault-unreachable = No connection: { $detail }
fault-timed-out = No answer in time ({ $stage }).
fault-dropped = The connection was closed ({ $stage }).
fault-certificate = The server’s certificate was not accepted: { $problem ->
    [untrusted] this computer does not trust its issuer.
    [name_mismatch] it is for another name.
    [expired] its time is over.
    [not_yet_valid] its time has not begun.
   *[other] { $detail }
  }
fault-tls-handshake = TLS failed: { $detail }
fault-protocol = { $violation ->
    [not_smtp] The server did not greet as an SMTP server does: { $detail }
    [tls_at_once] The server speaks TLS from the first byte, not SMTP with STARTTLS.
    [starttls_not_offered] The server does not offer STARTTLS. It offered: { $detail }
    [early_reply] The server replied before it was asked: { $detail }
    [not_http] The answer is not HTTP: { $detail }
    [plaintext_after_starttls] Unencrypted text came after the reply to STARTTLS.
    [xoauth2_not_offered] The server does not offer XOAUTH2. It offered: { $detail }
   *[other] The server’s reply cannot be read: { $detail }
  }
fault-proxy-refused = The proxy let nothing through: { $detail }
fault-cancelled = Stopped by you.

## The test message

test-message-subject = Incorta mail test { $reference }
test-message-text =
    This is test message { $reference }.

    It was sent by Incorta Mail Setup on { $time } as { $mailbox }, in the way Incorta will send: signed in to Exchange Online with OAuth 2.0, without a password.

    That it arrived proves that Exchange Online knows the application and lets it send as { $mailbox }.

    You can delete this message. A copy lies in the mailbox’s Sent Items.
test-message-html =
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Incorta mail test { $reference }</title></head>
    <body style="margin:0;padding:24px;background:#f5f6fa;font-family:Inter,Segoe UI,Arial,sans-serif;font-size:15px;line-height:1.5;color:#16162a">
    <div style="max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #e1e4ee;border-radius:12px">
    <p style="margin:0 0 4px;color:#5c6075;font-size:13px">Incorta mail test</p>
    <h1 style="margin:0 0 16px;font-size:24px;color:#1b1243">{ $reference }</h1>
    <p>This message was sent by Incorta Mail Setup on { $time } as <strong>{ $mailbox }</strong>, in the way Incorta will send: signed in to Exchange Online with OAuth 2.0, without a password.</p>
    <p>That it arrived proves that Exchange Online knows the application and lets it send as this mailbox.</p>
    <p style="margin-bottom:0;color:#5c6075;font-size:13px">You can delete this message. A copy lies in the mailbox’s Sent Items.</p>
    </div></body></html>

## Object IDs in commands

mailbox-to-fill = <sender mailbox>
client-id-to-fill = <Application (client) ID>
object-id-to-fill = <Object ID of the enterprise application>
object-id-from-token = The Object ID comes from your token.
object-id-missing = Put in the Object ID from Entra ID › Enterprise applications › the application (not the one on the app registration’s page).

## Days to an end date

days-today = today
days-tomorrow = tomorrow
days-more = in { $days } days

## Findings: title, explanation, fixes

finding-login-host-unreachable = The login host cannot be reached
    .seen = The login host’s name has no address, the connection is refused, or nothing answers in time.
    .explanation = This computer got no answer from { $login-host }. Without it there is no token, and Incorta’s server needs the same way out.
    .fix-1 = Allow connections to { $login-host } from this computer and from the Incorta server; check DNS and the proxy.

finding-proxy-refused = The proxy lets nothing through
    .seen = The proxy answers 407, or refuses the way through.
    .explanation = The connection to { $login-host } goes through a proxy, and the proxy refused it. Most often it wants to know who asks.
    .fix-1 = Let this computer and the Incorta server reach { $login-host }, port 443, through the proxy without a sign-in, or past it.

finding-tls-interception-suspected = Somebody opens the encrypted connection
    .seen = A certificate for one of Microsoft’s hosts that this computer does not trust, and whose issuer is no public authority.
    .explanation = The certificate shown for { $host } was issued by { $issuer }. Microsoft’s hosts show certificates of public authorities only, so a device on the way opens the connection and encrypts it anew.
    .fix-1 = Exclude { $host } from TLS inspection for this computer and above all for the Incorta server. If that cannot be, Incorta’s Java must trust the device’s authority as well.

finding-login-tls-failed = No secure connection to the login host
    .seen = The login host’s certificate is not accepted, or TLS fails in another way.
    .explanation = A proxy that opens encrypted traffic is the usual reason, a wrong clock on this computer another.{ $issuer-known ->
        [yes] {" "}The certificate shown for { $login-host } was issued by { $issuer }.
       *[no] {""}
    } What was seen: { $reply }
    .fix-1 = Exclude { $login-host } from TLS inspection, or let this computer and the Incorta server trust the proxy’s certificate authority.

finding-login-unexpected-response = Something else answered for the login host
    .seen = An answer that is not the token endpoint’s: a web page, a redirect, another status.
    .explanation = The answer did not come from Microsoft’s token endpoint. A proxy’s error page or a network sign-in page is the usual reason.
    .fix-1 = Let this computer and the Incorta server reach { $login-host } directly, or sign in to the network first.

finding-login-throttled = Microsoft asks to wait
    .seen = AADSTS50196, or HTTP 429.
    .explanation = Too many tokens were asked for in a short time.
    .fix-1 = Try again after { $retry-after } seconds.
    .fix-2 = If it goes on, look at the service health page.

finding-login-unavailable = Microsoft’s login host has a passing fault
    .seen = One of the codes that Microsoft calls passing (AADSTS90033, 90006, 90012, 90024, 50033, 90090, 90055), or HTTP 5xx.
    .explanation = { $login-host } could not answer just now. Nothing in your settings causes this.
    .fix-1 = Try again in a few minutes.
    .fix-2 = If it goes on, look at the service health page.

finding-token-request-malformed = The request for a token arrived damaged
    .explanation = This product sends the same request each time, so a proxy that rewrites requests is the usual reason. Microsoft could not read it: { $reply }
    .fix-1 = Let requests to { $login-host } pass unchanged. If there is no proxy on the way, please report this as a fault of this product, with the report.

finding-client-secret-is-secret-id = The secret’s ID was given instead of its Value
    .seen = AADSTS7000215, and the secret has the form of a GUID.
    .explanation = Entra shows two columns, Value and Secret ID. What is stored here has the form of the ID, and Microsoft refused it.
    .fix-1 = Entra ID › App registrations › the application › Certificates & secrets: copy the Value. It is shown only once; if it is gone, create a new client secret.
    .fix-2 = Replace SMTP OAuth Client Secret with the Value, then check again.

finding-client-secret-wrong = The client secret is not right
    .explanation = Microsoft knows the application { $client-id }, but not this secret. It may be cut off, belong to another application, or have been deleted.
    .fix-1 = Enter SMTP OAuth Client Secret again, whole, as it was given to you, then check again.
    .fix-2 = If that does not help, ask the Entra administrator for a new one: Entra ID › App registrations › the application › Certificates & secrets › New client secret.

finding-client-secret-expired = The client secret has expired
    .explanation = Microsoft knows this secret, but its time is over. Mail from Incorta stops until it has a new one.
    .fix-1 = Entra ID › App registrations › the application › Certificates & secrets › New client secret: copy the Value and note its end date.
    .fix-2 = Replace SMTP OAuth Client Secret with the new Value, check again, then copy it to Incorta.

finding-client-secret-missing = The request arrived without the client secret
    .explanation = Microsoft knows the application, but no secret came with the request, or the application is set up as one that has none.
    .fix-1 = Enter SMTP OAuth Client Secret again, whole, then check again.
    .fix-2 = If it is there, look for a proxy that takes it out of requests to { $login-host }.

finding-tenant-pasted-as-client-id = The tenant ID stands in the client ID’s place
    .seen = AADSTS700016, and client ID and tenant ID are the same.
    .explanation = Client ID and tenant ID are the same, and there is no application with this ID.
    .fix-1 = Entra ID › App registrations › the application › Overview: copy Application (client) ID.
    .fix-2 = Put it into SMTP OAuth Client ID, then check again.

finding-application-not-found = The application is not in this tenant
    .explanation = The tenant { $tenant } has no application { $client-id }. The ID may be another one (object ID, secret ID), or the application may be registered in another tenant.
    .fix-1 = Entra ID › App registrations › the application › Overview: compare Application (client) ID and Directory (tenant) ID.
    .fix-2 = Correct SMTP OAuth Client ID or SMTP OAuth Token Endpoint, then check again.

finding-application-without-service-principal = The application has no enterprise application
    .explanation = The application { $client-id } is registered, but the tenant { $tenant } has no enterprise application for it, so it cannot sign in.
    .fix-1 = Entra ID › App registrations › the application › Overview: Create service principal (under Managed application in local directory).

finding-application-disabled = The application is disabled
    .explanation = The tenant { $tenant } knows the application { $client-id }, and an administrator has switched it off.
    .fix-1 = Entra ID › Enterprise applications › the application › Properties: set Enabled for users to sign in to Yes.

finding-tenant-not-found = The tenant does not exist
    .explanation = Microsoft knows no tenant { $tenant } in this cloud.
    .fix-1 = Compare SMTP OAuth Token Endpoint with Directory (tenant) ID on the application’s overview page.

finding-conditional-access-blocked = A security policy blocks the application
    .explanation = The secret is right, but a Conditional Access or another security policy of the tenant does not let the application { $client-id } sign in from here.
    .fix-1 = Entra ID › Monitoring › Sign-in logs › Service principal sign-ins: the entry with the correlation ID of this check names the policy. Exclude the application, or allow the Incorta server’s address.

finding-tenant-id-malformed = The tenant in the token endpoint is no tenant
    .explanation = Microsoft cannot read “{ $tenant }” as a tenant: it is neither an ID nor a domain.
    .fix-1 = Set SMTP OAuth Token Endpoint to the Directory (tenant) ID, then /oauth2/v2.0/token.

finding-tenant-missing = The request names no tenant
    .explanation = Microsoft found no tenant in the token endpoint.
    .fix-1 = Set SMTP OAuth Token Endpoint to the Directory (tenant) ID, then /oauth2/v2.0/token.

finding-tenant-not-specific = The token endpoint names all tenants at once
    .explanation = “{ $tenant }” stands for many tenants. An application signs in to one tenant only.
    .fix-1 = Put the Directory (tenant) ID in its place in SMTP OAuth Token Endpoint.

finding-wrong-cloud = The tenant lives in another national cloud
    .explanation = { $login-host } knows the tenant { $tenant }, but does not serve it. Incorta asks this login host only, so it cannot send for that tenant.
    .fix-1 = If the tenant ID is a mistake, correct SMTP OAuth Token Endpoint. If it is right, ask Incorta’s support whether your release can use another login host.

finding-scope-not-default = The scope asks for a single permission
    .explanation = An application asks for all its permissions at once: its scope ends in /.default.
    .fix-1 = Set SMTP OAuth Scope to https://outlook.office365.com/.default, then check again.

finding-scope-malformed = The scope cannot be read
    .explanation = Microsoft could not read SMTP OAuth Scope: it is empty, misspelt, or names several resources.
    .fix-1 = Set SMTP OAuth Scope to https://outlook.office365.com/.default, then check again.

finding-exchange-resource-not-found = The tenant has no such service
    .explanation = The tenant { $tenant } does not know the resource in SMTP OAuth Scope. It may be misspelt, belong to another national cloud, or the tenant has no Exchange Online.
    .fix-1 = Set SMTP OAuth Scope to https://outlook.office365.com/.default, then check again.

finding-exchange-resource-disabled = Exchange Online is switched off in the tenant
    .explanation = The tenant { $tenant } has Exchange Online, and it is disabled there. A subscription that has lapsed is the usual reason.
    .fix-1 = Microsoft 365 admin center › Billing › Your products: see whether the subscription with Exchange Online is active.

finding-application-not-assigned = The application is not assigned to Exchange Online
    .explanation = The tenant gives tokens for Exchange Online only to applications that are assigned to it, and { $client-id } is not.
    .fix-1 = Entra ID › Enterprise applications › Office 365 Exchange Online › Properties: set Assignment required to No, or assign the application.

finding-wrong-grant-type = A user’s sign-in was answered, not the application’s
    .explanation = Incorta and this product sign in as an application. Microsoft answered as to a user with a password: { $reply }
    .fix-1 = Set SMTP OAuth Token Endpoint to the Directory (tenant) ID, then /oauth2/v2.0/token, and look for a gateway on the way that signs in in the application’s place.

finding-token-error-unknown = Microsoft refused the token
    .seen = Any other refusal of the token endpoint.
    .explanation = The answer is not one this product knows: { $reply }
    .fix-1 = Look the code up in Entra’s sign-in logs (Service principal sign-ins), by the correlation ID.

finding-token-wrong-audience = The token is for another service
    .seen = The token’s aud is not Exchange Online’s.
    .explanation = The token is for { $audience }. Exchange Online takes only tokens made for it, so it will refuse the sign-in.
    .fix-1 = Set SMTP OAuth Scope to https://outlook.office365.com/.default, then check again.

finding-token-wrong-tenant = The token is from another tenant
    .seen = The token’s tid is another than the tenant in the token endpoint.
    .explanation = The login host issued a token of another tenant than { $tenant }, so Exchange Online will not find the mailbox there.
    .fix-1 = Check the tenant in SMTP OAuth Token Endpoint and the login host, then check again.

finding-token-wrong-application = The token is for another application
    .seen = The token’s appid (or azp) is another than the client ID.
    .explanation = The login host issued a token for another application than { $client-id }.
    .fix-1 = Check SMTP OAuth Client ID and the login host, then check again.

finding-token-is-delegated = The token speaks for a user
    .seen = The token has scp or upn.
    .explanation = Incorta signs in as an application. This token carries a user’s delegated permission, which SMTP with client credentials cannot use.
    .fix-1 = Entra ID › App registrations › the application › API permissions: add SMTP.SendAsApp under Application permissions and grant admin consent.

finding-wrong-permission-granted = The application has another permission than the one needed
    .seen = The token’s roles do not hold SMTP.SendAsApp, but another. A warning on its own; the cause beside a refused sign-in.
    .explanation = The token carries { $roles }, but not SMTP.SendAsApp. Mail.Send belongs to Microsoft Graph and does not open SMTP.
    .fix-1 = Entra ID › App registrations › the application › API permissions › Add a permission › APIs my organization uses › Office 365 Exchange Online › Application permissions › SMTP.SendAsApp, then Grant admin consent.

finding-permission-not-consented = The permission to send is not granted
    .seen = The token has no roles. A warning on its own; the cause beside a refused sign-in.
    .explanation = The token came, but it does not carry SMTP.SendAsApp. Either the permission was not added or an administrator has not consented to it.
    .fix-1 = Entra ID › App registrations › the application › API permissions: add SMTP.SendAsApp (Office 365 Exchange Online, Application permissions), then Grant admin consent. Check with a fresh token.

finding-permission-not-needed = The API permission is more than needed
    .seen = The token’s roles hold SMTP.SendAsApp, and the profile says RBAC for Applications.
    .explanation = The profile says that the rights come by RBAC for Applications. The token carries SMTP.SendAsApp all the same; while it does, Exchange Online asks for the mailbox permissions as well.
    .fix-1 = Entra ID › App registrations › the application › API permissions: remove SMTP.SendAsApp, unless another system needs it.

finding-clock-skew = This computer’s clock is off
    .seen = The token’s nbf is ahead of this computer’s clock, or its exp behind it.
    .explanation = By this computer’s clock the token is not valid at the moment it came. Microsoft’s clock is right, so this one is not.
    .fix-1 = Set this computer’s date and time, best by NTP. Check the Incorta server’s clock as well.

finding-token-opaque = The token cannot be read here
    .seen = The token is no JSON Web Token.
    .explanation = Tokens need not be readable, and this one is not. Exchange Online will judge it; what it carries cannot be shown.

finding-client-secret-ends-soon = The client secret ends soon
    .seen = The end date in the profile is 30 days away or less.
    .explanation = Its last day is { $end-date }, { $days }. After that, mail from Incorta stops.
    .fix-1 = Entra ID › App registrations › the application › Certificates & secrets › New client secret: copy the Value and note its end date.
    .fix-2 = Replace SMTP OAuth Client Secret with the new Value, check again, copy it to Incorta, then remove the old secret in Entra.

finding-client-secret-past-end-date = The noted end date of the client secret has passed
    .seen = The end date in the profile has passed, and the token came all the same.
    .explanation = The profile says that the secret ended on { $end-date }, yet Microsoft still takes it. Either the date is wrong, or another secret is in use than the one it was noted for.
    .fix-1 = Entra ID › App registrations › the application › Certificates & secrets: see when the secret in use ends.
    .fix-2 = Correct the end date in the profile.

finding-smtp-host-not-found = The SMTP host has no address
    .seen = The SMTP host’s name has no address.
    .explanation = The name { $smtp-host } could not be found from here.
    .fix-1 = If SMTP Host is another than smtp.office365.com, correct it. If it is right, this computer has no network or its DNS does not answer: ask the network administrator.

finding-smtp-port-blocked = The way to the SMTP server is blocked
    .seen = No address answers in time.
    .explanation = { $smtp-host } did not answer on port { $smtp-port }. A firewall that drops outgoing mail connections is the usual reason.
    .fix-1 = Allow outgoing connections to { $smtp-host }, port { $smtp-port }, from this computer and above all from the Incorta server.

finding-smtp-connection-refused = The connection to the SMTP server is refused
    .seen = Every address refuses the connection.
    .explanation = { $smtp-host } refused the connection on port { $smtp-port }. Exchange Online does not do that on port 587: a firewall answers in its place, or the host or port is another.
    .fix-1 = Allow outgoing connections to { $smtp-host }, port { $smtp-port }, and check both values.

finding-smtp-wrong-port = This port is for something else
    .seen = Port 465 or 25 and no SMTP there, or the server speaks TLS from the first byte.
    .explanation = { $smtp-host } does not begin an SMTP conversation on port { $smtp-port }. Signed-in mail goes to port 587.
    .fix-1 = Set Port to 587 and SMTP Host to smtp.office365.com, then check again.

finding-smtp-not-smtp = Something other than a mail server answered
    .seen = What comes is no SMTP reply, has no end, or comes before it was asked for.
    .explanation = What came from { $smtp-host }, port { $smtp-port }, is not SMTP. A proxy or a security device may stand between.
    .fix-1 = Find out what answers on { $smtp-host }, port { $smtp-port }, and let SMTP through unchanged.

finding-smtp-service-unavailable = Exchange Online is busy
    .seen = The greeting is a refusal, such as 421 4.3.2.
    .explanation = The server greeted with a refusal: { $reply }
    .fix-1 = Try again in a few minutes.
    .fix-2 = If it goes on, look at the service health page.

finding-ehlo-rejected = The server refuses the conversation’s first command
    .seen = A 5xx reply to EHLO.
    .explanation = Exchange Online does not do that, so a device on the way answers, or this is another server. { $smtp-host } greeted, then refused EHLO: { $reply }
    .fix-1 = Let SMTP to { $smtp-host }, port { $smtp-port }, pass unchanged, and check SMTP Host.

finding-starttls-not-offered = The connection cannot be encrypted
    .seen = EHLO lists no STARTTLS, or its name is written over with X.
    .explanation = { $smtp-host } did not offer STARTTLS. { $masked ->
        [yes] Its name is written over with X, as some firewalls do.
       *[no] Exchange Online always does, so a device on the way removes it, or this is another server.
    } Nothing was sent unencrypted.
    .fix-1 = Switch off SMTP inspection for { $smtp-host }, port { $smtp-port } (on some firewalls “SMTP fixup” or “ESMTP inspection”).

finding-starttls-rejected = The server refuses to encrypt now
    .seen = A refusal of STARTTLS.
    .explanation = Nothing was sent unencrypted. { $smtp-host } offers STARTTLS and refused it when asked: { $reply }
    .fix-1 = Try again in a few minutes.
    .fix-2 = If it goes on, look at the service health page, then at devices on the way that inspect mail.

finding-starttls-injected = Someone wrote into the connection
    .seen = Unencrypted bytes behind the reply to STARTTLS.
    .explanation = Unencrypted text stood behind the reply to STARTTLS. The check stopped at once; nothing was sent.
    .fix-1 = Find the device between this computer and { $smtp-host } that changes the conversation.

finding-tls-certificate-untrusted = The SMTP server’s certificate is not trusted
    .seen = The SMTP server’s certificate is not trusted.
    .explanation = The certificate was issued by { $issuer }, which this computer does not trust. A device that opens encrypted traffic is the usual reason.
    .fix-1 = Exclude { $smtp-host } from TLS inspection, or let this computer and the Incorta server trust that issuer.

finding-tls-name-mismatch = The certificate is for another server
    .seen = The SMTP server’s certificate is for another name.
    .explanation = The server reached as { $smtp-host } shows a certificate for { $names }.
    .fix-1 = Check SMTP Host and what DNS gives for it on this network.

finding-tls-certificate-expired = The SMTP server’s certificate is out of date
    .seen = The SMTP server’s certificate is past its end, or before its beginning.
    .explanation = The certificate was valid until { $not-after }. Microsoft renews in time, so this computer’s clock may be wrong, or a device on the way shows its own certificate.
    .fix-1 = Check this computer’s date and time, then what stands between it and { $smtp-host }.

finding-tls-handshake-failed = Encryption could not be agreed
    .seen = TLS fails for another reason than the certificate.
    .explanation = The TLS handshake with { $smtp-host } failed.
    .fix-1 = Let TLS 1.2 and 1.3 to { $smtp-host }, port { $smtp-port }, pass unchanged.

finding-tls-too-old = The connection’s encryption is too old
    .explanation = The server asks for TLS 1.2 or later. This product always offers TLS 1.2 and 1.3, so a device on the way has agreed on less.
    .fix-1 = Let TLS 1.2 and 1.3 to { $smtp-host }, port { $smtp-port }, pass unchanged; look for a proxy that speaks in this computer’s place.

finding-xoauth2-not-offered = The server does not take OAuth
    .seen = After TLS, EHLO lists no AUTH XOAUTH2.
    .explanation = { $smtp-host } does not offer XOAUTH2 after STARTTLS. Exchange Online does.
    .fix-1 = Set SMTP Host to smtp.office365.com, then check again.

finding-connection-dropped = The connection was cut
    .seen = The connection is closed or reset.
    .explanation = { $smtp-host } closed the connection without an answer, at the stage { $stage }.
    .fix-1 = Try again. If it happens at the same stage each time, look at the firewall between this computer and { $smtp-host }.

finding-server-timeout = The server did not answer in time
    .seen = No answer within the stage’s time.
    .explanation = { $smtp-host } took the connection but gave no answer at the stage { $stage }.{ $stage ->
        [Message] {" "}The message may have been taken all the same: look for its reference before you send another.
       *[other] {""}
    }
    .fix-1 = Try again. If it stays silent, a firewall or a proxy on the way holds the connection.

finding-smtp-auth-disabled-tenant = SMTP AUTH is off for the organization
    .explanation = Exchange Online refused the sign-in because sending by SMTP with sign-in is off. The mailbox’s own setting wins over the organization’s, so it is enough to switch it on for { $mailbox }.
    .fix-1 = Switch SMTP AUTH on for this mailbox.
    .fix-2 = See the organization’s setting (False means on).
    .fix-3 = In the admin center: Users › Active users › the user › Mail › Manage email apps › Authenticated SMTP.

finding-smtp-auth-disabled-mailbox = SMTP AUTH is off for the mailbox
    .explanation = Exchange Online refused the sign-in because sending by SMTP with sign-in is off for { $mailbox }.
    .fix-1 = Switch SMTP AUTH on for this mailbox.
    .fix-2 = In the admin center: Users › Active users › the user › Mail › Manage email apps › Authenticated SMTP.

finding-security-defaults-block = Security defaults stand in the way
    .explanation = Exchange Online refused the sign-in because the tenant’s security defaults are on. They switch off sign-in by SMTP for everybody.
    .fix-1 = Entra ID › Overview › Properties › Manage security defaults: replace them with Conditional Access policies that do the same for people, so that the application can sign in. Decide this with whoever answers for security.

finding-basic-auth-refused = The sign-in was taken for a password
    .explanation = Exchange Online refused a sign-in with a password, which it no longer takes. This product signs in with OAuth, so a gateway on the way signs in in its place, or SMTP Host is one.
    .fix-1 = Set SMTP Host to smtp.office365.com, enable SMTP OAuth Enabled in Incorta, then check again.

finding-service-principal-not-registered = Exchange Online does not know the application
    .explanation = Exchange Online refused the sign-in and does not say why. Most often the application is not registered there as a service principal.
    .fix-1 = See whether the application is registered.
    .fix-2 = Register it.

finding-wrong-object-id = Another Object ID may be registered
    .seen = As for the cause above it: the app registration’s Object ID may be registered in place of the enterprise application’s.
    .explanation = The app registration and the enterprise application have different Object IDs. Exchange Online needs the enterprise application’s.
    .fix-1 = Compare the ObjectId shown with your token’s: { $object-id }. It cannot be edited: remove the service principal and create it again.

finding-mailbox-not-found = The address may be no mailbox here
    .seen = As for the cause above it: the user of the sign-in may be an alias, a group or misspelt.
    .explanation = { $mailbox } may be an alias, a group or misspelt. The sign-in needs the address of a mailbox in this tenant.
    .fix-1 = See what kind of recipient it is.
    .fix-2 = Put the mailbox’s primary address into System Email Address.

finding-rbac-scope-excludes-mailbox = The role assignment may not cover the mailbox
    .seen = 535 5.7.3 while the profile says RBAC for Applications.
    .explanation = Exchange Online refused the sign-in. With RBAC for Applications, the management scope must include { $mailbox }.
    .fix-1 = See whether the scope includes the mailbox.

finding-changes-not-propagated = A recent change may not have reached every server
    .seen = 535 5.7.3 or 430 4.2.0 within two hours of a change, or when the time of the last change is not known.
    .explanation = Exchange Online takes up to two hours to apply a change to permissions.
    .fix-1 = Wait, then check again with a fresh token.

finding-auth-mechanism-unrecognized = The server does not know this way to sign in
    .explanation = A device on the way that changes the conversation is the usual reason. { $smtp-host } offered XOAUTH2 and then did not know it: { $reply }
    .fix-1 = Let SMTP to { $smtp-host }, port { $smtp-port }, pass unchanged.

finding-xoauth2-malformed = Exchange Online could not read the sign-in
    .explanation = The sign-in arrived damaged, or Exchange Online has changed what it takes: { $reply }
    .fix-1 = See whether Microsoft reports a fault. If not, please report this as a fault of this product, with the report.

finding-sign-in-temporarily-refused = Exchange Online cannot sign in now
    .explanation = If it never passes, Exchange Online does not know the application or the mailbox. It asks to try again later: { $reply }
    .fix-1 = Try again in a few minutes.
    .fix-2 = If it goes on, look at the service health page, then check part 3.

finding-sign-in-refused = The server refused the sign-in
    .seen = Any other 5xx reply to AUTH. A 334 challenge before it is decoded and shown.
    .explanation = The reply is not one this product knows: { $reply }{ $challenged ->
        [yes] {" "}Before it, the server said: { $challenge }
       *[no] {""}
    }
    .fix-1 = See whether the application is registered, and search for the code in the reply.

finding-not-authenticated = The sign-in did not hold
    .explanation = Exchange Online accepted the sign-in and then treated the connection as one without: { $reply }
    .fix-1 = See whether SMTP AUTH is off for the mailbox (True means off; blank means as for the organization).
    .fix-2 = If it is on, look for a device on the way that changes the conversation with { $smtp-host }.

finding-full-access-missing = The application may not open the mailbox
    .explanation = Exchange Online accepted the sign-in, then refused to open { $mailbox }. The application lacks FullAccess on it, or a new permission has not reached every server yet.
    .fix-1 = Grant FullAccess.
    .fix-2 = If it was granted less than two hours ago, wait and check again.

finding-send-as-denied = The application may not send as the mailbox
    .explanation = Exchange Online accepted the sign-in, but not { $mailbox } as the sender. The application lacks SendAs on it, or a new permission has not reached every server yet.
    .fix-1 = Grant SendAs.
    .fix-2 = If it was granted less than two hours ago, wait and check again.

finding-recipient-rejected = A recipient was refused
    .seen = Any other 5xx reply to RCPT.
    .explanation = Exchange Online took the sender, but not every recipient: { $reply }
    .fix-1 = Check the address in To, or leave it empty to send to the mailbox itself.

finding-too-many-recipients = Too many recipients at once
    .explanation = Exchange Online took some recipients and no more: { $reply }
    .fix-1 = Send the test to fewer addresses.

finding-too-many-connections = Too many connections at once
    .explanation = A mailbox may have three connections at a time, and { $mailbox } has them already. Incorta and this check use the same mailbox.
    .fix-1 = Wait until other mail from this mailbox is out, then check again.

finding-mailbox-limit-reached = The mailbox has sent its share for the day
    .explanation = A mailbox may write to 10,000 recipients a day, and { $mailbox } has. Until the limit is lifted, mail from Incorta waits or is lost.
    .fix-1 = Wait: the limit is counted over 24 hours.
    .fix-2 = Exchange admin center › Mail flow › Message trace: see what { $mailbox } has sent. For large lists, send through another mailbox or to a group.

finding-tenant-limit-reached = The organization has sent its share
    .explanation = Microsoft limits what a tenant may send to outside recipients, and this tenant has reached it: { $reply }
    .fix-1 = Wait: the limit is counted over 24 hours.
    .fix-2 = Exchange admin center › Reports › Mail flow: see what uses up the limit. A trial subscription has a low one.

finding-sender-blocked = Microsoft has blocked the sender
    .explanation = Exchange Online takes no mail from { $mailbox }, its domain or this address for now. Mail that looked like spam is the usual reason. It said: { $reply }
    .fix-1 = Microsoft Defender › Review › Restricted entities: find out why, then unblock the sender.
    .fix-2 = If it is not listed there, open a case with Microsoft and give the reply above.

finding-mailbox-full = The mailbox is full
    .explanation = Exchange Online keeps a copy of each sent message in { $mailbox }, and there is no room for it.
    .fix-1 = See how full it is.
    .fix-2 = Exchange admin center › Mailboxes › the mailbox: empty Sent Items, set up a retention policy, or give it more room.

finding-message-too-large = The message is too large
    .explanation = The test message is small, so the mailbox’s own limit is set very low. Exchange Online refused the message because of its size: { $reply }
    .fix-1 = Ask the Exchange administrator for the mailbox’s largest message size, and keep Incorta’s attachments below it (35 MB unless changed).

finding-smtp-temporary-failure = Exchange Online refused for now
    .seen = Any other 4xx reply.
    .explanation = The reply asks to try later: { $reply }
    .fix-1 = Try again in a few minutes.
    .fix-2 = If it goes on, look at the service health page.

finding-smtp-error-unknown = Exchange Online refused the message
    .seen = Any other 5xx reply.
    .explanation = The reply is not one this product knows: { $reply }
    .fix-1 = Search for the code in the reply, or open a case with Microsoft and give the server tag in brackets.

## What a stage saw, in detail

detail-addresses = Addresses
detail-address = Tried { $address }
detail-address-stands = connected after { $ms } ms
detail-address-failed = { $fault } After { $ms } ms.
detail-tls = TLS
detail-cipher-suite = Cipher suite
detail-certificate = Certificate
detail-certificate-value = { $subject }, issued by { $issuer }, valid { $from } to { $until }
detail-certificate-names = For
detail-offered = Offered
detail-challenge = Challenge
detail-endpoint = Endpoint
detail-http-status = HTTP status
detail-retry-after = Retry after
detail-seconds = { $seconds } s
detail-codes = Codes
detail-trace-id = Trace ID
detail-correlation-id = Correlation ID
detail-timestamp = Microsoft’s time
detail-unexpected = Answer
detail-sent = { $command }

## A message to the person who must act

message-subject = Subject: Incorta cannot send mail: { $title }
message-subject-warning = Subject: Incorta’s mail: { $title }
message-greeting = Hello,
message-failed = Incorta is to send mail as { $mailbox } through Microsoft 365, signed in as an application (OAuth 2.0, client credentials). A check on { $time } did not pass, and you can mend it.
message-warned = Incorta sends mail as { $mailbox } through Microsoft 365, signed in as an application (OAuth 2.0, client credentials). A check on { $time } found something for you.
message-facts = What was tried
message-mailbox = Mailbox
message-client-id = Application (client) ID
message-endpoint = Token endpoint
message-object-id = Object ID of the enterprise application
message-time = Time
message-stage = Answer at the stage { $stage }
message-thanks = Please say when it is done; the check takes seconds. Changes of permissions can take up to two hours to reach every server.
message-footer = Made by Incorta Mail Setup. Nothing secret is in this message.

## A reminder of the secret's end

reminder-summary = Client secret of { $profile } ends
reminder-description =
    The client secret with which Incorta sends mail as { $mailbox } ends on this day. After it, mail from Incorta stops.

    1. Create a new secret: Entra ID › App registrations › { $client-id } › Certificates & secrets.
    2. Put its Value into Incorta Mail Setup and check it.
    3. Copy it to Incorta and save.
    4. Remove the old secret in Entra.

## The guide: parts 1–6

guide-part-1 = Register an application
guide-part-2 = Give it the permission to send
guide-part-3 = Make it known to Exchange Online
guide-part-4 = Give it rights on the mailbox
guide-part-5 = Switch SMTP AUTH on
guide-part-6 = Bring the values into Incorta
guide-part-7 = Renew the client secret before it ends

guide-register = Register an application, single tenant, without a redirect URI. Note Application (client) ID and Directory (tenant) ID.
    .why = Incorta signs in as this application, not as a person.
    .place = Entra ID › App registrations › New registration
guide-secret = Create a client secret and copy its Value at once.
    .why = The Value is shown once. The Secret ID beside it is something else and does not work. Note the end date: mail stops when the secret ends.
    .place = Entra ID › App registrations › the application › Certificates & secrets › New client secret
guide-permission = Add SMTP.SendAsApp of Office 365 Exchange Online, as an application permission.
    .why = Mail.Send of Microsoft Graph and the delegated SMTP.Send look alike and do not open SMTP.
    .place = Entra ID › App registrations › the application › API permissions › Add a permission › APIs my organization uses › Office 365 Exchange Online › Application permissions
guide-consent = Grant admin consent.
    .why = Without it the token comes all the same, and the sign-in is refused.
    .place = Entra ID › App registrations › the application › API permissions › Grant admin consent
guide-connect = Connect to Exchange Online PowerShell.
    .why = Parts 3 and 4 have no page in a portal. If New-ServicePrincipal is not recognized then, the signed-in administrator lacks the Role Management role.
guide-service-principal = Register the application in Exchange Online.
    .why = It needs the Object ID of the enterprise application, not of the app registration. The printed guide says -ServiceId, which Microsoft has retired; -ObjectId takes the same value. It cannot be edited: a wrong one is removed and created again.
    .place = Entra ID › Enterprise applications › the application › Object ID
guide-full-access = Give it FullAccess on the mailbox.
    .why = Without it Exchange Online takes the sign-in and refuses the message. A change takes minutes, at times up to two hours.
guide-send-as = Give it SendAs on the mailbox.
    .why = The message is sent from the mailbox’s address.
guide-management-scope = Make a scope that holds the sender mailbox alone.
    .why = The application may then send as this mailbox and as no other. For several mailboxes, put them into a group and filter on MemberOfGroup.
guide-role-assignment = Assign the role for sending within that scope.
    .why = It stands in place of the API permission, FullAccess and SendAs. Exchange Online takes 30 minutes to two hours to apply it.
guide-test-authorization = See whether the scope holds the mailbox.
    .why = InScope must be True for the mailbox. Try another mailbox as well: there it must be False.
guide-smtp-auth = Switch SMTP AUTH on for the mailbox.
    .why = The printed guide switches it on for the organization. The mailbox’s own setting wins, so this is enough and opens it for nobody else.
    .place = Microsoft 365 admin center › Users › Active users › the user › Mail › Manage email apps › Authenticated SMTP
guide-smtp-auth-organization = See the organization’s setting (False means on).
    .why = It counts only for mailboxes without a setting of their own.
guide-copy = Copy the proven values into Incorta’s Email screen and save.
    .why = Match by label, and leave fields that are not listed as they are.
    .place = CMC › Clusters › your cluster › Tenants › your tenant › Configure › Email
guide-report = Let Incorta send a scheduled dashboard to yourself, and tick this when it has arrived.
    .why = Incorta has no test of its own; only mail from Incorta itself proves the last step. If none comes, look at CMC › Logs, or at IncortaAnalytics/IncortaNode/services/<service id>/logs/incorta/ below the installation.
    .place = In Incorta: a scheduled dashboard; or its public API, with your own API token

guide-renew-secret = Create a new client secret beside the old one, store its Value here, and note its last day.
    .why = Both secrets work until the old one ends, so mail goes on. The new last day begins the renewal; what was ticked for the old secret is taken back.
    .place = Entra ID › App registrations › the application › Certificates & secrets › New client secret
guide-renew-check = Check with the new secret.
    .why = A Value copied in part, or the Secret ID in its place, shows here and not in Incorta.
    .place = Email settings › Send test
guide-renew-remove = Remove the old secret in Entra.
    .why = Only after mail from Incorta has arrived with the new one. A secret that nobody needs is one that somebody may find. Where there was no older one, tick this.
    .place = Entra ID › App registrations › the application › Certificates & secrets

## A report from Incorta, ordered through its public API

send-report-subject = Incorta mail test
send-report-body = Ordered through Incorta’s public API by Incorta Mail Setup, to see whether Incorta’s mail arrives. Nothing needs to be done.
send-report-started = Incorta took the order
    .text = It has started a job that sends the dashboard to { $to }. That is not yet mail: only when it arrives is part 6 proven. If nothing comes within a few minutes, look at CMC › Logs.
send-report-token-refused = Incorta did not take the API token
    .text = It may have expired, or belong to another tenant. Make a new one in Incorta, in your own profile.
send-report-not-allowed = Incorta does not let you send this dashboard
    .text = The API token must belong to the dashboard’s owner or to someone who may open it.
send-report-not-found = Incorta does not know this dashboard
    .text = Compare tenant and GUID with the dashboard’s address; the tenant’s capitals count. Releases before 6.0 (Cloud: 2023.4.0) have no such API: schedule a dashboard instead.
send-report-no-api = { $host } did not answer as Incorta’s API does
    .text = HTTP status { $status }. Compare the address with the one in your browser’s address bar when Incorta is open.
send-report-refused = Incorta did not take the order
    .text = HTTP status { $status }: { $said }
send-report-unreachable = { $host } was not reached
    .text = { $why } No order was placed as far as can be seen here; look for mail before you try again.

## The catalogue as a page

failures-head =
    # Failures

    Every cause that the check can name: by what it is recognised, what it means, and what to do. Commands and values
    are examples; a finding has yours in their place. *Likely* and *Possible* on a finding mark causes that the
    server’s answer does not prove.

    This page is made from the program (`npm run failures`). In a terminal, `incorta-mail explain CODE` shows one.
failures-part-0 = Network and this computer
failures-part-1 = Part 1: the application and its secret
failures-part-2 = Part 2: the permission
failures-part-3 = Part 3: the service principal in Exchange Online
failures-part-4 = Part 4: rights on the mailbox
failures-part-5 = Part 5: SMTP AUTH
failures-part-6 = Part 6: the values in Incorta
failures-error = An error
failures-warning = A warning
failures-info = A note
failures-seen = Seen
failures-why = Why

## Who must act

owner-incorta-admin = Incorta administrator
owner-entra-admin = Entra administrator
owner-exchange-admin = Exchange administrator
owner-network-admin = Network administrator
owner-microsoft = Microsoft

## A token's claims, one by one

claim-absent = the token does not say
claim-aud-exchange = for Exchange Online
claim-aud-graph = for Microsoft Graph, which does not open SMTP: set SMTP OAuth Scope to https://outlook.office365.com/.default
claim-aud-other = not for Exchange Online: set SMTP OAuth Scope to https://outlook.office365.com/.default
claim-tid-same = the tenant in the token endpoint
claim-tid-other = another tenant than the token endpoint’s
claim-tid-by-name = the token endpoint names its tenant otherwise, so this cannot be compared
claim-appid-same = the client ID in the form
claim-appid-other = another application than the form’s
claim-oid = the enterprise application’s Object ID: use it in parts 3 and 4
claim-roles-present = the permission to send, with admin consent
claim-roles-present-rbac = not needed with RBAC for Applications; while it is there, Exchange Online looks at the mailbox permissions as well
claim-roles-missing = no SMTP.SendAsApp: needed unless the rights come by RBAC for Applications
claim-roles-missing-rbac = no permission is needed with RBAC for Applications
claim-scp-present = the token speaks for a user; Incorta needs one that speaks for the application
claim-scp-absent = the token speaks for the application
claim-nbf = valid from
claim-nbf-ahead = valid only later by this computer’s clock, which is probably slow
claim-exp = valid until
claim-exp-behind = over by this computer’s clock, which is probably fast

## The end of a check

outcome-passed-token = A token was issued. The connection, the sign-in and the mailbox are not proven.
outcome-passed-connection = A token was issued and the server answers with encryption. The sign-in and the mailbox are not proven.
outcome-passed-sign-in = The sign-in was accepted. Only a message proves the rights on the mailbox.
outcome-passed-message = Accepted by Exchange Online. Look for “Incorta mail test { $reference }” in the recipient’s mailbox to confirm that it arrived.
outcome-practice = Accepted by the practice tenant: everything was in order.
outcome-other-server = Accepted by { $smtp-host }, which is not Exchange Online. Look for “Incorta mail test { $reference }” in the recipient’s mailbox to confirm that it arrived.
outcome-failed = Not proven.
outcome-cancelled = Stopped by you.

## A report as text

outcome-name-passed = passed
outcome-name-warned = passed, with a warning
outcome-name-failed = FAILED
outcome-name-cancelled = stopped

report-title = Incorta mail check: { $profile }
report-checked-at = Checked
report-duration = Took
report-depth = How far
report-depth-token = The token only
report-depth-connection = Up to the encrypted connection
report-depth-sign-in = Up to the sign-in
report-depth-message = A real message
report-message-id = Message-ID
report-findings = Findings
report-finding-likely = Likely: { $title }
report-finding-possible = Possible: { $title }
report-part = Part { $part }, { $owner }
report-code = Code
report-stages = Stages
report-stage = Stage
report-outcome = Outcome
report-time = Time
report-seen = What was seen
report-passed = passed
report-warned = warned
report-failed = FAILED
report-skipped = not reached
report-stopped = stopped
report-details = Network, TLS and replies
report-detail = What
report-settings = Settings
report-label = Label in Incorta
report-value = Value
report-secret = not part of any report
report-conversation = Conversation with { $smtp-host }
report-made-by = Written by Incorta Mail Setup { $version }. It holds no secret and no token.

## A report read from a file: what is wrong with one of its parts

report-part-missing = It is missing.
report-schema-unknown = It is no schema of a report.
report-list-malformed = It is no list.
report-list-too-long = It has more entries than a report can have.
report-text-too-long = One of its texts is longer than a report can have.
report-time-malformed = It is no time of a check.

## The hand-over: why a reply is not taken

handover-not-reply = This text holds no reply. Paste the whole block, from the line with BEGIN INCORTA MAIL REPLY to the line with END INCORTA MAIL REPLY.
handover-damaged = The reply was damaged on its way: { $part ->
    [first-line] its first line, BEGIN INCORTA MAIL REPLY, is missing.
    [last-line] its last line, END INCORTA MAIL REPLY, is missing, and perhaps more.
    [character] it holds “{ $character }”, which no reply does.
    [too-short] it has { $found } of { $expected } characters. A line may be missing.
    [too-long] it has { $found } characters in place of { $expected }. A line may be there twice.
   *[checksum] all lines are there, but some characters are not as they were sent.
  } Copy the whole block once more, or ask for it as an attachment.
handover-foreign = { $why ->
    [no-request] This reply is not for this computer: no such request was made here. Open it where the request was made.
    [no-key] The key of this request is not in this computer’s credential store. Open the reply where the request was made, as the same user; if that cannot be, make a new request.
    [other-key] The reply was sealed with another key than this request’s. Ask whether setup.ps1 came from this request’s package, unchanged.
   *[other-request] The reply was sealed for another request than it says. Ask whether setup.ps1 came from this request’s package, unchanged.
  }
handover-expired = The request was made on { $on }, and its { $days } days are over. Make a new one.
handover-replayed = A reply to this request was taken already, and each request takes one. For another secret make a new request.
handover-version = The reply’s contents have version { $version }, which this release does not know. Use the release that the request was made with, or a newer one.
handover-malformed = { $part ->
    [tenant-id] The tenant ID in the reply is no GUID.
    [client-id] The client ID in the reply is no GUID.
    [object-id] The Object ID in the reply is no GUID.
    [secret] The client secret in the reply is empty or holds control characters.
    [secret-is-id] The client secret in the reply has the form of the secret’s ID. Its Value, from the column beside it, is needed.
    [end-date] The end date in the reply is no date of the form YYYY-MM-DD.
   *[contents] The reply could be opened, but its contents cannot be read.
  } Ask the administrator to run setup.ps1 again.
handover-secret-ended = The client secret in the reply ended on { $on }. Ask for a new one.

## The hand-over: the page for the administrator

handover-readme =
    # Let Incorta send mail as { $mailbox }

    > Please answer before { $until }. Nothing in this package is secret.

    { $who ->
        [nobody] Your Incorta administrator
       *[somebody] { $name }
    } asks you, as an administrator of Microsoft 365, to let Incorta send mail as the mailbox { $mailbox }.

    ## Why

    Incorta, a data platform that your organization runs, sends reports and alerts by mail. It signs in to Exchange Online at smtp.office365.com as an application (OAuth 2.0, client credentials), without a user and without a password: the way that stays when Microsoft retires passwords for SMTP.

    ## What is asked

    1. In Entra ID: an app registration for this directory only, without a redirect URI, with a client secret. Note the secret’s *Value*, which is shown once, and its end date.
    { $path ->
        [rbac] 2. In Exchange Online: a service principal for the application (New-ServicePrincipal), with its client ID and the Object ID of the *enterprise application*.
        3. In Exchange Online: a management scope that holds { $mailbox } alone, and the role *Application SMTP.SendAsApp* for the application in that scope (New-ManagementScope, New-ManagementRoleAssignment).
        4. SMTP AUTH on for { $mailbox } (Set-CASMailbox -SmtpClientAuthenticationDisabled $false). The organization’s own switch may stay off.
       *[classic] 2. In Entra ID: the application permission *SMTP.SendAsApp* of *Office 365 Exchange Online*, with admin consent.
        3. In Exchange Online: a service principal for the application (New-ServicePrincipal), with its client ID and the Object ID of the *enterprise application*.
        4. In Exchange Online: FullAccess and SendAs on { $mailbox } for that service principal (Add-MailboxPermission, Add-RecipientPermission).
        5. SMTP AUTH on for { $mailbox } (Set-CASMailbox -SmtpClientAuthenticationDisabled $false). The organization’s own switch may stay off.
    }

    ## Which rights this gives

    Whoever has the client secret can sign in as the application, until the secret ends or you remove it, and send mail as { $mailbox }. { $path ->
        [rbac] The scope keeps it from every other mailbox.
       *[classic] No other mailbox is open to it: the permission alone opens none, and the rights are given on this one. FullAccess is a right on the whole mailbox; to read it over IMAP or POP the application would need a further permission, which nobody asks for.
    } A mailbox that serves nothing else is best.

    ## What to do

    { $setup ->
        [yes] 1. Read setup.ps1, then run it in PowerShell 7 or Windows PowerShell 5.1. It does what is asked above, with your sign-in.
       *[no] 1. Do what is asked above. Then run setup.ps1 in PowerShell 7 or Windows PowerShell 5.1: it changes nothing, and asks for the tenant ID, the client ID, the Object ID of the enterprise application, the secret’s Value and its last day.
    }
    2. It ends with a block of text between BEGIN INCORTA MAIL REPLY and END INCORTA MAIL REPLY. Send the whole block to whoever asked, by mail or chat. The values in it are encrypted: only the computer that made this request can open it.
    3. Close the PowerShell window. The secret is needed nowhere else; keep no copy.

    Windows may refuse to run a file that came by mail: take the mark off with *Unblock-File setup.ps1* once you have read it.{ $verify ->
        [yes] { " " }To see afterwards what is set up, run verify.ps1.
       *[no] {""}
    }

    ## How to take it back

    { $undo ->
        [yes] Run undo.ps1. By hand: delete
       *[no] Delete
    } the app registration in Entra ID, which ends every sign-in at once. Then remove its service principal and its rights in Exchange Online{ $path ->
        [rbac] {" "}(Remove-ManagementRoleAssignment, Remove-ManagementScope, Remove-ServicePrincipal).
       *[classic] {" "}(Remove-MailboxPermission, Remove-RecipientPermission, Remove-ServicePrincipal).
    }

    ## About this request

    Request { $request }. key.pem is its public key, with which setup.ps1 encrypts: RSA, 3072 bits, OAEP with SHA-256. Run these scripts only if you know whoever sent them: whoever could change the package on its way could have put another key into it.
