package about

// Texts about the program, for the help and the man page.
const (
	Text = `k8sbot explains Kubernetes terms in English and Japanese. Without a command, it runs
the bot on the platforms whose tokens are set, or chats in this terminal if none are.`

	Examples = `  k8sbot ask crashloop                 explain a term
  k8sbot ask liveness vs readiness     compare two terms
  kubectl get pods | k8sbot explain    explain what kubectl printed`

	ExitStatus = `The exit status is 0 if there is an answer or a suggestion, 1 if nothing was found or a
check failed, 2 if an argument or a setting was invalid, and 128 plus the signal number
if the command was killed by a signal.
Answers go to standard output, logs to standard error.`
)
