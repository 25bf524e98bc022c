# SPDX-License-Identifier: GPL-2.0-or-later
# The program itself says what may come next, so that this file is never behind it. It offers only names of plain
# letters, as whatever is offered becomes part of a line that the shell reads.

function __kmodsec_offered
    set -l before (commandline -opc)
    set -l typed (commandline -ct)
    for line in (kmodsec __complete $before[2..-1] "$typed" 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path "$typed"
        else if test -n "$line"
            printf '%s\n' $line
        end
    end
end

complete -c kmodsec -f -a '(__kmodsec_offered)'
