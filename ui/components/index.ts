export {
  BackLink,
  Breadcrumbs,
  CountBadge,
  Footer,
  LanguageSwitcher,
  Main,
  PageTitle,
  PortalHeader,
  SkipLink,
  StaffHeader,
} from './Frame.tsx';
export type { NavItem, PortalHeaderProps, StaffHeaderProps } from './Frame.tsx';
export { Button, ButtonGroup, LinkButton, TextLink } from './Button.tsx';
export type { ButtonProps, LinkButtonProps } from './Button.tsx';
export { Checkbox, CheckboxGroup, RadioGroup } from './Choices.tsx';
export type { Choice } from './Choices.tsx';
export { Combobox } from './Combobox.tsx';
export type { ComboboxOption } from './combobox-props.ts';
export { DataTable, Pagination } from './DataTable.tsx';
export type { Column, DataTableProps, Sort } from './DataTable.tsx';
export { DateField, MonthField, TimeField } from './DateFields.tsx';
export { ConfirmDialog, Dialog } from './Dialog.tsx';
export type { ConfirmDialogProps, DialogProps, ReasonWanted } from './Dialog.tsx';
export { DocumentViewer } from './DocumentViewer.tsx';
export type { ViewedDocument } from './DocumentViewer.tsx';
export { describe, FieldError, FieldFrame, FieldGroup, Fieldset, Hint, RequirementMark } from './Field.tsx';
export type { FieldProps } from './Field.tsx';
export { FileUpload } from './FileUpload.tsx';
export type { UploadedFile } from './uploaded-file.ts';
export { Icon } from './icons.tsx';
export type { IconName } from './icons.tsx';
export { Menu } from './Menu.tsx';
export type { MenuEntry } from './Menu.tsx';
export { NoticeSheet } from './NoticeSheet.tsx';
export { ErrorSummary, focusField, NotificationBanner } from './Notification.tsx';
export type { Tone } from './Notification.tsx';
export { NumberField } from './NumberField.tsx';
export { NameFields, PhoneField, PostalCodeField } from './PersonFields.tsx';
export type { Address } from './PersonFields.tsx';
export { FilterBar, SearchField } from './Search.tsx';
export type { ActiveFilter } from './Search.tsx';
export { SessionTimeoutWarning } from './SessionTimeout.tsx';
export { SideBySide } from './SideBySide.tsx';
export {
  ConfirmationPanel,
  EmptyState,
  LoadError,
  Loading,
  Spinner,
  StatCard,
  StatGrid,
  StatusTag,
  Timeline,
} from './Status.tsx';
export type { StatusTone, TimelineItem } from './Status.tsx';
export { StepNav, TaskList } from './Steps.tsx';
export type { Step, TaskListItem } from './Steps.tsx';
export { Card, DescriptionList, Disclosure, SummaryList } from './Summary.tsx';
export type { SummaryRow } from './Summary.tsx';
export { Tabs } from './Tabs.tsx';
export type { TabItem } from './Tabs.tsx';
export { Select, TextArea, TextField } from './TextField.tsx';
export type { SelectOption, ValueProps } from './TextField.tsx';
export { useAnnounce, useToast } from './Toast.tsx';
