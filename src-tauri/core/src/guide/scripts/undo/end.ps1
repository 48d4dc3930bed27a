if ($Failed) {
    exit 1
}
exit 0
