; Inno Setup 6.3 or newer. From the checkout, after the folder was built on Windows:
;   iscc /DVersion=0.1.0 installer\windows\backbone-desktop.iss
; Has never been compiled: see installer/README.md.

#ifndef Version
  #error Give the version: /DVersion=0.1.0
#endif
#ifndef Folder
  #define Folder "..\..\dist\backbone-desktop"
#endif
#ifndef Icon
  #define Icon "..\..\build\icons\backbone-desktop.ico"
#endif

[Setup]
; Never to be changed: by this an upgrade knows what it upgrades.
AppId={{8B1C2C52-5A54-4E0D-9C4B-2E0F6E7C3A19}
AppName={cm:ProgramName}
AppVersion={#Version}
AppVerName={cm:ProgramName} {#Version}
AppPublisher=Backbone Project
VersionInfoVersion={#Version}
; For this person alone: clerks have no administrator's password.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=
DefaultDirName={autopf}\Backbone Desktop
; The folder is not asked for, so that nobody can choose the one where an office's records lie.
DisableDirPage=yes
DisableProgramGroupPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=backbone-desktop-{#Version}-setup
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\backbone-desktop.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=auto
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
zh.ProgramName=顶梁柱经办端
en.ProgramName=Backbone Desktop
zh.OnTheDesktop=在桌面上放图标
en.OnTheDesktop=Put an icon on the desktop
zh.OpenNow=现在打开顶梁柱经办端
en.OpenNow=Open Backbone Desktop now

[Tasks]
Name: "desktop"; Description: "{cm:OnTheDesktop}"

[InstallDelete]
; Libraries of the version before. Only the program lies here; records lie in the person's own data folder.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{cm:ProgramName}"; Filename: "{app}\backbone-desktop.exe"
Name: "{autodesktop}\{cm:ProgramName}"; Filename: "{app}\backbone-desktop.exe"; Tasks: desktop

[Run]
Filename: "{app}\backbone-desktop.exe"; Description: "{cm:OpenNow}"; Flags: nowait postinstall skipifsilent

; There is no [UninstallDelete] on purpose: an office's records, keys and backups stay where they are.
