# SPDX-License-Identifier: GPL-2.0-or-later
# The program itself tells its verbs and options, so that this file is never behind it. Names of modules are
# those of files that anybody could have named: only such of plain letters are offered.

function __kmodsec_verb
    set -l words (commandline -opc)
    test (count $words) -ge 2; and echo $words[2]
end

function __kmodsec_options
    kmodsec (__kmodsec_verb) --help 2>/dev/null | string match -ar -- '--[a-z][a-z-]*' | sort -u
end

function __kmodsec_plain
    env LC_ALL=C grep -a -x -e '[A-Za-z0-9_][A-Za-z0-9_-]*'
end

function __kmodsec_arguments
    switch (__kmodsec_verb)
        case baseline
            printf '%s\n' create check accept show sign
        case data
            printf '%s\n' show import sign
        case explain
            kmodsec checks 2>/dev/null | cut -d ' ' -f 1
        case show verify doors cves load deny unblock
            sed -n 's,^.*/\([^/]*\)\.ko.*:.*,\1,p' /lib/modules/(uname -r)/modules.dep 2>/dev/null | __kmodsec_plain
        case unload
            cut -d ' ' -f 1 /proc/modules | __kmodsec_plain
    end
end

complete -c kmodsec -n 'not __kmodsec_verb' -f -a "(kmodsec --help 2>/dev/null | string match -r '^  [a-z]+  .*' | string replace -r '^  ([a-z]+) +' '\$1\t')"
complete -c kmodsec -n '__kmodsec_verb' -a '(__kmodsec_arguments)'
complete -c kmodsec -n 'string match -q -- "-*" (commandline -ct)' -f -a '(__kmodsec_options)'
