PS1='\[\e[1;32m\]machine\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]# '
alias ls='ls --color=auto' ll='ls -l' grep='grep --color=auto'
HISTCONTROL=ignoredups
[[ ! -f /usr/share/bash-completion/bash_completion ]] || . /usr/share/bash-completion/bash_completion
