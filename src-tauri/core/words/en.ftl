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
    [starttls_not_offered] The server does not offer STARTTLS. It offered: { $detail }
    [plaintext_after_starttls] Unencrypted text came after the reply to STARTTLS.
    [xoauth2_not_offered] The server does not offer XOAUTH2. It offered: { $detail }
   *[other] The server’s reply cannot be read: { $detail }
  }
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

object-id-to-fill = <Object ID of the enterprise application>
object-id-from-token = The Object ID comes from your token.
object-id-missing = Put in the Object ID from Entra ID › Enterprise applications › the application (not the one on the app registration’s page).

## Findings: title, explanation, fixes

finding-login-host-unreachable = The login host cannot be reached
    .explanation = This computer got no answer from { $login-host }. Without it there is no token, and Incorta’s server needs the same way out.
    .fix-1 = Allow connections to { $login-host } from this computer and from the Incorta server; check DNS and the proxy.

finding-login-tls-failed = No secure connection to the login host
    .explanation = The certificate shown for { $login-host } was not accepted. Its issuer is { $issuer }. A proxy that opens encrypted traffic is the usual reason.
    .fix-1 = Exclude { $login-host } from TLS inspection, or let this computer and the Incorta server trust the proxy’s certificate authority.

finding-login-unexpected-response = Something else answered for the login host
    .explanation = The answer did not come from Microsoft’s token endpoint. A proxy’s error page or a network sign-in page is the usual reason.
    .fix-1 = Let this computer and the Incorta server reach { $login-host } directly, or sign in to the network first.

finding-login-throttled = Microsoft asks to wait
    .explanation = Too many tokens were asked for in a short time.
    .fix-1 = Try again after { $retry-after } seconds.
    .fix-2 = If it goes on, look at the service health page.

finding-login-unavailable = Microsoft’s login host has a passing fault
    .explanation = { $login-host } could not answer just now. Nothing in your settings causes this.
    .fix-1 = Try again in a few minutes.
    .fix-2 = If it goes on, look at the service health page.

finding-client-secret-is-secret-id = The secret’s ID was given instead of its Value
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

finding-tenant-pasted-as-client-id = The tenant ID stands in the client ID’s place
    .explanation = Client ID and tenant ID are the same, and there is no application with this ID.
    .fix-1 = Entra ID › App registrations › the application › Overview: copy Application (client) ID.
    .fix-2 = Put it into SMTP OAuth Client ID, then check again.

finding-application-not-found = The application is not in this tenant
    .explanation = The tenant { $tenant } has no application { $client-id }. The ID may be another one (object ID, secret ID), or the application may be registered in another tenant.
    .fix-1 = Entra ID › App registrations › the application › Overview: compare Application (client) ID and Directory (tenant) ID.
    .fix-2 = Correct SMTP OAuth Client ID or SMTP OAuth Token Endpoint, then check again.

finding-tenant-not-found = The tenant does not exist
    .explanation = Microsoft knows no tenant { $tenant } in this cloud.
    .fix-1 = Compare SMTP OAuth Token Endpoint with Directory (tenant) ID on the application’s overview page.

finding-token-error-unknown = Microsoft refused the token
    .explanation = The answer is not one this product knows: { $reply }
    .fix-1 = Look the code up in Entra’s sign-in logs (Service principal sign-ins), by the correlation ID.

finding-token-wrong-audience = The token is for another service
    .explanation = The token is for { $audience }. Exchange Online takes only tokens made for it, so it will refuse the sign-in.
    .fix-1 = Set SMTP OAuth Scope to https://outlook.office365.com/.default, then check again.

finding-token-wrong-application = The token is for another application
    .explanation = The login host issued a token for another application than { $client-id }.
    .fix-1 = Check SMTP OAuth Client ID and the login host, then check again.

finding-token-is-delegated = The token speaks for a user
    .explanation = Incorta signs in as an application. This token carries a user’s delegated permission, which SMTP with client credentials cannot use.
    .fix-1 = Entra ID › App registrations › the application › API permissions: add SMTP.SendAsApp under Application permissions and grant admin consent.

finding-wrong-permission-granted = The application has another permission than the one needed
    .explanation = The token carries { $roles }, but not SMTP.SendAsApp. Mail.Send belongs to Microsoft Graph and does not open SMTP.
    .fix-1 = Entra ID › App registrations › the application › API permissions › Add a permission › APIs my organization uses › Office 365 Exchange Online › Application permissions › SMTP.SendAsApp, then Grant admin consent.

finding-permission-not-consented = The permission to send is not granted
    .explanation = The token came, but it does not carry SMTP.SendAsApp. Either the permission was not added or an administrator has not consented to it.
    .fix-1 = Entra ID › App registrations › the application › API permissions: add SMTP.SendAsApp (Office 365 Exchange Online, Application permissions), then Grant admin consent. Check with a fresh token.

finding-smtp-host-not-found = The SMTP host has no address
    .explanation = The name { $smtp-host } could not be found from here.
    .fix-1 = If SMTP Host is another than smtp.office365.com, correct it. If it is right, this computer has no network or its DNS does not answer: ask the network administrator.

finding-smtp-port-blocked = The way to the SMTP server is blocked
    .explanation = { $smtp-host } did not answer on port { $smtp-port }. A firewall that drops outgoing mail connections is the usual reason.
    .fix-1 = Allow outgoing connections to { $smtp-host }, port { $smtp-port }, from this computer and above all from the Incorta server.

finding-smtp-connection-refused = The connection to the SMTP server is refused
    .explanation = { $smtp-host } refused the connection on port { $smtp-port }. Exchange Online does not do that on port 587: a firewall answers in its place, or the host or port is another.
    .fix-1 = Allow outgoing connections to { $smtp-host }, port { $smtp-port }, and check both values.

finding-smtp-wrong-port = This port is for something else
    .explanation = { $smtp-host } does not begin an SMTP conversation on port { $smtp-port }. Signed-in mail goes to port 587.
    .fix-1 = Set Port to 587, then check again.

finding-smtp-not-smtp = Something other than a mail server answered
    .explanation = What came from { $smtp-host }, port { $smtp-port }, is not SMTP. A proxy or a security device may stand between.
    .fix-1 = Find out what answers on { $smtp-host }, port { $smtp-port }, and let SMTP through unchanged.

finding-smtp-service-unavailable = Exchange Online is busy
    .explanation = The server greeted with a refusal: { $reply }
    .fix-1 = Try again in a few minutes.
    .fix-2 = If it goes on, look at the service health page.

finding-ehlo-rejected = The server refuses the conversation’s first command
    .explanation = { $smtp-host } greeted, then refused EHLO: { $reply } Exchange Online does not do that, so a device on the way answers, or this is another server.
    .fix-1 = Let SMTP to { $smtp-host }, port { $smtp-port }, pass unchanged, and check SMTP Host.

finding-starttls-not-offered = The connection cannot be encrypted
    .explanation = { $smtp-host } did not offer STARTTLS. Exchange Online always does, so a device on the way removes it, or this is another server. Nothing was sent unencrypted.
    .fix-1 = Switch off SMTP inspection for { $smtp-host }, port { $smtp-port } (on some firewalls “SMTP fixup” or “ESMTP inspection”).

finding-starttls-injected = Someone wrote into the connection
    .explanation = Unencrypted text stood behind the reply to STARTTLS. The check stopped at once; nothing was sent.
    .fix-1 = Find the device between this computer and { $smtp-host } that changes the conversation.

finding-tls-certificate-untrusted = The SMTP server’s certificate is not trusted
    .explanation = The certificate was issued by { $issuer }, which this computer does not trust. A device that opens encrypted traffic is the usual reason.
    .fix-1 = Exclude { $smtp-host } from TLS inspection, or let this computer and the Incorta server trust that issuer.

finding-tls-name-mismatch = The certificate is for another server
    .explanation = The server reached as { $smtp-host } shows a certificate for { $names }.
    .fix-1 = Check SMTP Host and what DNS gives for it on this network.

finding-tls-certificate-expired = The SMTP server’s certificate is out of date
    .explanation = The certificate was valid until { $not-after }. Microsoft renews in time, so this computer’s clock may be wrong, or a device on the way shows its own certificate.
    .fix-1 = Check this computer’s date and time, then what stands between it and { $smtp-host }.

finding-tls-handshake-failed = Encryption could not be agreed
    .explanation = The TLS handshake with { $smtp-host } failed.
    .fix-1 = Let TLS 1.2 and 1.3 to { $smtp-host }, port { $smtp-port }, pass unchanged.

finding-tls-too-old = The connection’s encryption is too old
    .explanation = The server asks for TLS 1.2 or later. This product always offers TLS 1.2 and 1.3, so a device on the way has agreed on less.
    .fix-1 = Let TLS 1.2 and 1.3 to { $smtp-host }, port { $smtp-port }, pass unchanged; look for a proxy that speaks in this computer’s place.

finding-xoauth2-not-offered = The server does not take OAuth
    .explanation = { $smtp-host } does not offer XOAUTH2 after STARTTLS. Exchange Online does.
    .fix-1 = Set SMTP Host to smtp.office365.com, then check again.

finding-connection-dropped = The connection was cut
    .explanation = { $smtp-host } closed the connection without an answer, at the stage { $stage }.
    .fix-1 = Try again. If it happens at the same stage each time, look at the firewall between this computer and { $smtp-host }.

finding-server-timeout = The server did not answer in time
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

finding-service-principal-not-registered = Exchange Online does not know the application
    .explanation = Exchange Online refused the sign-in and does not say why. Most often the application is not registered there as a service principal.
    .fix-1 = See whether the application is registered.
    .fix-2 = Register it.

finding-wrong-object-id = Another Object ID may be registered
    .explanation = The app registration and the enterprise application have different Object IDs. Exchange Online needs the enterprise application’s.
    .fix-1 = Compare the ObjectId shown with your token’s: { $object-id }. It cannot be edited: remove the service principal and create it again.

finding-mailbox-not-found = The address may be no mailbox here
    .explanation = { $mailbox } may be an alias, a group or misspelt. The sign-in needs the address of a mailbox in this tenant.
    .fix-1 = See what kind of recipient it is.
    .fix-2 = Put the mailbox’s primary address into System Email Address.

finding-rbac-scope-excludes-mailbox = The role assignment may not cover the mailbox
    .explanation = Exchange Online refused the sign-in. With RBAC for Applications, the management scope must include { $mailbox }.
    .fix-1 = See whether the scope includes the mailbox.

finding-changes-not-propagated = A recent change may not have reached every server
    .explanation = Exchange Online takes up to two hours to apply a change to permissions.
    .fix-1 = Wait, then check again with a fresh token.

finding-sign-in-refused = Exchange Online refused the sign-in
    .explanation = The reply is not one this product knows: { $reply }
    .fix-1 = See whether the application is registered, and search for the code in the reply.

finding-full-access-missing = The application may not open the mailbox
    .explanation = Exchange Online accepted the sign-in, then refused to open { $mailbox }. The application lacks FullAccess on it, or a new permission has not reached every server yet.
    .fix-1 = Grant FullAccess.
    .fix-2 = If it was granted less than two hours ago, wait and check again.

finding-send-as-denied = The application may not send as the mailbox
    .explanation = Exchange Online accepted the sign-in, but not { $mailbox } as the sender. The application lacks SendAs on it, or a new permission has not reached every server yet.
    .fix-1 = Grant SendAs.
    .fix-2 = If it was granted less than two hours ago, wait and check again.

finding-recipient-rejected = A recipient was refused
    .explanation = Exchange Online took the sender, but not every recipient: { $reply }
    .fix-1 = Check the address in To, or leave it empty to send to the mailbox itself.

finding-too-many-connections = Too many connections at once
    .explanation = A mailbox may have three connections at a time, and { $mailbox } has them already. Incorta and this check use the same mailbox.
    .fix-1 = Wait until other mail from this mailbox is out, then check again.

finding-smtp-temporary-failure = Exchange Online refused for now
    .explanation = The reply asks to try later: { $reply }
    .fix-1 = Try again in a few minutes.
    .fix-2 = If it goes on, look at the service health page.

finding-smtp-error-unknown = Exchange Online refused the message
    .explanation = The reply is not one this product knows: { $reply }
    .fix-1 = Search for the code in the reply, or open a case with Microsoft and give the server tag in brackets.

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
