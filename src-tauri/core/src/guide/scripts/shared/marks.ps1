# How the setup script marks what it makes, and how the undo script finds it again.
$Mark = 'IncortaMailSetup'
$SecretName = 'Incorta Mail Setup'

