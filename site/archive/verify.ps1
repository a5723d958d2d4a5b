# gendan 跟单: 验证归档，找出改过、缺了、多出来的文件 / verifies an archive: finds files that were changed, are missing or were added
#
# Windows PowerShell 5.1 or later; nothing to install. 不用安装任何东西。
#
#   powershell -ExecutionPolicy Bypass -File verify.ps1                     整个归档 / the whole archive
#   powershell -ExecutionPolicy Bypass -File verify.ps1 2026\GD26-0061      一单 / one order
#
# 0 = 没有不一样 / nothing differs, 1 = 有不一样 / something differs, 2 = 读不了 / could not be read
param([string]$Path = $PSScriptRoot)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$script:problems = 0
$script:unread = 0
$script:checked = 0

function Say([string]$Name, [string]$Zh, [string]$En) {
    $script:problems++
    Write-Output ('{0}: {1} / {2}' -f $Name, $Zh, $En)
}

function Unread([string]$Name, [string]$Why) {
    $script:unread++
    Write-Output ('{0}: 读不了 / cannot be read: {1}' -f $Name, $Why)
}

# 清单 / a list: one line a file, 64 digits, two blanks, the name. $null when it is not written exactly so.
function Read-List([string]$Full) {
    $strict = [System.Text.UTF8Encoding]::new($false, $true)
    try { $text = $strict.GetString([System.IO.File]::ReadAllBytes($Full)) } catch { return $null }
    if (-not $text.EndsWith("`n")) { return $null }
    $entries = [System.Collections.Generic.List[object]]::new()
    foreach ($line in $text.Substring(0, $text.Length - 1).Split([char]10)) {
        if ($line -cnotmatch '^[0-9a-f]{64}  [^\\\r\x00]+$') { return $null }
        $name = $line.Substring(66)
        foreach ($part in $name.Split('/')) {
            if ($part -eq '' -or $part -eq '.' -or $part -eq '..') { return $null }
        }
        $entries.Add([string[]]@($line.Substring(0, 64), $name))
    }
    return , $entries
}

function Get-Digest([string]$Full) {
    return (Get-FileHash -LiteralPath $Full -Algorithm SHA256).Hash.ToLowerInvariant()
}

try { $root = (Resolve-Path -LiteralPath $Path).ProviderPath } catch {
    Write-Output ('{0}: 打不开 / cannot be opened' -f $Path)
    exit 2
}

# 文件夹里有什么；不跟链接 / what lies there; links are not followed
$ordinal = [System.StringComparer]::Ordinal
$files = [System.Collections.Generic.Dictionary[string, string]]::new($ordinal)
$links = [System.Collections.Generic.List[string]]::new()
$empty = [System.Collections.Generic.List[string]]::new()
$todo = [System.Collections.Generic.Stack[string]]::new()
$todo.Push('')
while ($todo.Count -gt 0) {
    $folder = $todo.Pop()
    $full = $root
    if ($folder -ne '') { $full = Join-Path $root $folder }
    try { $items = @(Get-ChildItem -LiteralPath $full -Force) } catch {
        Unread $folder $_.Exception.Message
        continue
    }
    if ($items.Count -eq 0 -and $folder -ne '') { $empty.Add($folder) }
    foreach ($item in $items) {
        $name = $item.Name
        if ($folder -ne '') { $name = $folder + '/' + $item.Name }
        if ($item.LinkType -eq 'SymbolicLink' -or $item.LinkType -eq 'Junction') { $links.Add($name) }
        elseif ($item.PSIsContainer) { $todo.Push($name) }
        else { $files[$name] = $item.FullName }
    }
}

$expected = [System.Collections.Generic.Dictionary[string, string]]::new($ordinal)
$known = [System.Collections.Generic.HashSet[string]]::new($ordinal)
$manifest = '^[0-9]{4}-(0[1-9]|1[0-2])(-([2-9]|[1-9][0-9]+))?\.sha256$'

function Expect([string]$Name, [string]$Digest) {
    if ($expected.ContainsKey($Name)) {
        Say $Name '两份清单都列了它' 'two lists name it'
        return
    }
    $expected[$Name] = $Digest
}

# 一单 / one order, by its folder below the root
function Read-Order([string]$Folder) {
    $prefix = ''
    if ($Folder -ne '') { $prefix = $Folder + '/' }
    $list = $prefix + 'SHA256SUMS'
    [void]$known.Add($list)
    if (-not $files.ContainsKey($list)) { return }
    $entries = Read-List $files[$list]
    if ($null -eq $entries) {
        Say $list '清单被改过，不是原来的写法' 'the list was changed: it is not written as it was'
        return
    }
    foreach ($entry in $entries) { Expect ($prefix + $entry[1]) $entry[0] }
}

$after = [System.Collections.Generic.Dictionary[string, string]]::new($ordinal)
$manifests = @($files.Keys | Where-Object { $_ -cmatch $manifest } | Sort-Object)
if ($files.ContainsKey('SHA256SUMS')) {
    Read-Order ''
}
elseif ($manifests.Count -gt 0) {
    $starts = @()
    foreach ($name in $manifests) {
        [void]$known.Add($name)
        $entries = Read-List $files[$name]
        if ($null -eq $entries) {
            Say $name '清单被改过，不是原来的写法' 'the list was changed: it is not written as it was'
            continue
        }
        $page = $name -creplace '\.sha256$', '.html'
        $first = 0
        if ($entries[0][1] -cmatch $manifest) {
            # 第一行是上一份清单 / the first line is the manifest before this one
            $before = $entries[0][1]
            $first = 1
            if ($after.ContainsKey($before)) {
                Say $name ('链分叉了：和 ' + $after[$before] + ' 接在同一份后面') ('the chain forks: it follows the same manifest as ' + $after[$before])
            }
            else { $after[$before] = $name }
            if (-not $files.ContainsKey($before)) {
                Say $name ('链断了：' + $before + ' 不在') ('the chain is broken: ' + $before + ' is missing')
            }
            elseif ((Get-Digest $files[$before]) -cne $entries[0][0]) {
                Say $name ('链断了：' + $before + ' 被改过或换过') ('the chain is broken: ' + $before + ' was changed or replaced')
            }
        }
        else { $starts += $name }
        $named = $false
        for ($i = $first; $i -lt $entries.Count; $i++) {
            $entry = $entries[$i]
            if ($entry[1] -ceq $page) { $named = $true }
            Expect $entry[1] $entry[0]
            if ($entry[1] -cmatch '^[0-9]{4}/[^/]+/SHA256SUMS$') {
                Read-Order ($entry[1] -creplace '/SHA256SUMS$', '')
            }
        }
        if (-not $named) { Say $name '改过名，或清单被改过' 'renamed, or its list was changed' }
    }
    for ($i = 1; $i -lt $starts.Count; $i++) {
        Say $starts[$i] '没有写上一份清单' 'names no manifest before it'
    }
}
else {
    Write-Output ('{0}: 没有 SHA256SUMS，也没有月度清单 / neither SHA256SUMS nor a manifest' -f $root)
    exit 2
}

# 清单里的每个文件 / every file that a list names
foreach ($name in @($expected.Keys | Sort-Object)) {
    [void]$known.Add($name)
    if (-not $files.ContainsKey($name)) {
        if (-not $links.Contains($name)) { Say $name '缺了' 'missing' }
        continue
    }
    try { $digest = Get-Digest $files[$name] } catch {
        Unread $name $_.Exception.Message
        continue
    }
    if ($digest -cne $expected[$name]) { Say $name '改过' 'changed' }
    else { $script:checked++ }
}

# 网站里的归档，旁边有网站自己的页面 / in a site the pages of the site itself stand there too
$pages = [System.Collections.Generic.HashSet[string]]::new($ordinal)
$parent = [System.IO.Path]::GetDirectoryName($root)
$marker = $root
if ($parent) { $marker = Join-Path $parent '.gendan-site' }
if (Test-Path -LiteralPath $marker -PathType Leaf) {
    $below = (Split-Path -Leaf $root) + '/'
    foreach ($line in [System.IO.File]::ReadAllLines($marker)) {
        if ($line.StartsWith($below, [System.StringComparison]::Ordinal)) {
            $page = $line.Substring($below.Length)
            if ($page -cmatch '^(index|[0-9]{4}/[0-9]{2}(-[0-9]+)?)\.(html|json)$') { [void]$pages.Add($page) }
        }
    }
}

# 没有清单列出的 / what no list names
foreach ($name in @($files.Keys | Sort-Object)) {
    if ($known.Contains($name) -or $pages.Contains($name)) { continue }
    if ($name -cmatch '^([^/]+\.sha256)\.tsr$' -and $known.Contains($Matches[1])) {
        Write-Output ('{0}: 时间戳，没有查 / a time stamp, not checked' -f $name)
        continue
    }
    Say $name '多出来的' 'added'
}
foreach ($name in $empty) { Say $name '多出来的空文件夹' 'an empty folder, added' }
foreach ($name in $links) { Say $name '是链接，不是文件本身' 'a link, not the file itself' }

if ($manifests.Count -gt 0) {
    $last = @($manifests | Where-Object { -not $after.ContainsKey($_) })
    if ($last.Count -eq 1) {
        Write-Output ('最后一份清单 / newest manifest: {0} {1}' -f $last[0], (Get-Digest $files[$last[0]]))
    }
}
Write-Output ('一样的文件 / files that agree: {0}; 不一样 / differences: {1}; 读不了 / not read: {2}' -f $script:checked, $script:problems, $script:unread)
if ($script:unread -gt 0) { exit 2 }
if ($script:problems -gt 0) { exit 1 }
exit 0
