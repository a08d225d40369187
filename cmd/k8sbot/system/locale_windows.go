package system

import "golang.org/x/sys/windows"

// systemLocale returns the language that the user has chosen in Windows, such as "en-US",
// because Windows does not set LANG
// (https://learn.microsoft.com/windows/win32/api/winnls/nf-winnls-getuserpreferreduilanguages).
func systemLocale() string {
	if languages, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME); err == nil && len(languages) > 0 {
		return languages[0]
	}
	return ""
}
