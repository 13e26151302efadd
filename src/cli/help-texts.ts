// In: a locale. Out: the texts of the command line in Vietnamese or English.

/** Texts of the help and of usage errors. */
export interface HelpTexts {
  readonly program: string
  readonly corpus: string
  readonly index: string
  readonly verbose: string
  readonly seeHelp: string
  readonly help: string
  readonly version: string
  readonly ask: string
  readonly json: string
  readonly conference: string
  readonly topK: (most: number) => string
  readonly chat: string
  readonly search: string
  readonly explain: string
  readonly indexCommand: string
  readonly rebuild: string
  readonly watch: string
  readonly serve: string
  readonly host: string
  readonly port: string
  readonly mcp: string
  readonly doctor: string
  readonly backup: string
  readonly restore: string
  readonly migrate: string
  readonly migrateTo: string
  readonly storeName: string
  readonly keys: string
  readonly keysAdd: string
  readonly keysList: string
  readonly keysRemove: string
  readonly evaluate: string
  readonly gold: string
  readonly report: string
  readonly forms: string
  readonly variant: (names: string) => string
  readonly baseline: string
  readonly updateBaseline: string
  readonly resume: string
  readonly parallel: string
  readonly draft: string
  readonly out: string
  readonly all: string
  readonly fromFeedback: string
  readonly wholeNumber: (least: number, most: number) => string
  readonly unexpected: (cause: string) => string
}

const ENGLISH: HelpTexts = {
  program: 'Questions in Vietnamese over reports of conferences, answered with verbatim quotations and their sources.',
  corpus: 'folder of documents (default: corpus)',
  index: 'folder of the built index (default: index beside the corpus)',
  verbose: 'show where the time went, and stacks of errors',
  seeHelp: '(thuky --help shows what is possible)',
  help: 'show this help',
  version: 'print the version',
  ask: 'answer one question with its sources',
  json: 'print JSON and nothing else',
  conference: 'search only this conference (repeatable)',
  topK: (most) => `passages to return, 1 to ${most}`,
  chat: 'talk: questions and follow-ups in the terminal',
  search: 'rank passages for a question, without answering it',
  explain: 'show the parts of every score',
  indexCommand: 'bring the index up to date with the corpus',
  rebuild: 'make everything anew',
  watch: 'stay and follow changes of the corpus',
  serve: 'answer over HTTP',
  host: 'address to listen on (default: 127.0.0.1)',
  port: 'port to listen on (default: 8080)',
  mcp: 'serve the Model Context Protocol over standard input and output',
  doctor: 'say what is wrong with model, index and corpus, and how to mend it',
  backup: 'write documents, conversations and index into one archive',
  restore: 'put everything back to the state of an archive; what has come since is removed',
  migrate: 'take documents and vectors from files into the database of DATABASE_URL, or back; nothing is embedded again',
  migrateTo: 'pgvector: into the database; hnsw: into files (default: the store of THUKY_STORE)',
  storeName: 'It has to be hnsw or pgvector.',
  keys: 'keys for those who use the server from other machines',
  keysAdd: 'make a key and show it, this once',
  keysList: 'name all keys',
  keysRemove: 'remove a key',
  evaluate: 'ask gold questions and say how good the answers are; fails when they fell below the baseline',
  gold: 'gold questions in JSON Lines (repeatable; default: those of the package)',
  report: 'write an HTML page and the JSON of the report there',
  forms: 'forms the questions are asked in, separated by commas',
  variant: (names) => `a way to set the product up; the first one is judged, the others are put beside it (repeatable). ${names}`,
  baseline: 'file to compare with (default: beside the gold)',
  updateBaseline: 'take what comes out as the new baseline, and say what it changes',
  resume: 'go on with a run that was broken off',
  parallel: 'questions asked at a time',
  draft: 'propose gold questions from the documents, to be accepted one by one',
  out: 'gold file that what is accepted is appended to',
  all: 'accept everything without asking',
  fromFeedback: 'make them out of what people said about answers',
  wholeNumber: (least, most) => `It has to be a whole number from ${least} to ${most}.`,
  unexpected: (cause) => `something unexpected happened (${cause}); run it again with --verbose and report what it prints.`,
}

const VIETNAMESE: HelpTexts = {
  program: 'Hỏi bằng tiếng Việt trên kho báo cáo hội nghị; trả lời bằng trích dẫn nguyên văn kèm nguồn.',
  corpus: 'thư mục tài liệu (mặc định: corpus)',
  index: 'thư mục chỉ mục (mặc định: index, cạnh thư mục tài liệu)',
  verbose: 'cho biết thời gian từng bước và chi tiết lỗi',
  seeHelp: '(thuky --help liệt kê các lệnh)',
  help: 'hiện hướng dẫn này',
  version: 'in số phiên bản',
  ask: 'trả lời một câu hỏi, kèm nguồn',
  json: 'chỉ in JSON',
  conference: 'chỉ tìm trong hội nghị này (dùng được nhiều lần)',
  topK: (most) => `số đoạn trả về, từ 1 đến ${most}`,
  chat: 'trò chuyện: hỏi và hỏi tiếp ngay trong cửa sổ dòng lệnh',
  search: 'xếp hạng các đoạn cho một câu hỏi, không trả lời',
  explain: 'cho biết từng phần của điểm số',
  indexCommand: 'cập nhật chỉ mục theo kho tài liệu',
  rebuild: 'làm lại toàn bộ',
  watch: 'tiếp tục theo dõi thay đổi trong kho tài liệu',
  serve: 'trả lời qua HTTP',
  host: 'địa chỉ lắng nghe (mặc định: 127.0.0.1)',
  port: 'cổng lắng nghe (mặc định: 8080)',
  mcp: 'phục vụ giao thức MCP qua đầu vào và đầu ra chuẩn',
  doctor: 'kiểm tra mô hình, chỉ mục, kho tài liệu và chỉ cách sửa',
  backup: 'ghi tài liệu, hội thoại và chỉ mục vào một tập tin lưu trữ',
  restore: 'đưa tất cả về trạng thái của một bản lưu; những gì thêm sau đó bị xóa',
  migrate: 'chuyển tài liệu và vectơ từ các tệp vào cơ sở dữ liệu của DATABASE_URL, hoặc ngược lại; không tính lại vectơ nào',
  migrateTo: 'pgvector: vào cơ sở dữ liệu; hnsw: vào các tệp (mặc định: theo THUKY_STORE)',
  storeName: 'Phải là hnsw hoặc pgvector.',
  keys: 'khóa cho người dùng máy chủ từ máy khác',
  keysAdd: 'tạo khóa và hiện khóa, chỉ một lần',
  keysList: 'liệt kê tên các khóa',
  keysRemove: 'xóa một khóa',
  evaluate: 'hỏi bộ câu hỏi mẫu và chấm câu trả lời; báo lỗi khi kết quả kém đi so với mốc đã lưu',
  gold: 'tệp câu hỏi mẫu dạng JSON Lines (dùng được nhiều lần; mặc định: bộ có sẵn)',
  report: 'ghi trang HTML và tệp JSON của báo cáo vào thư mục này',
  forms: 'các cách viết câu hỏi, cách nhau bằng dấu phẩy',
  variant: (names) => `một cách cấu hình; cách đầu tiên được chấm, các cách sau đặt bên cạnh để so sánh (dùng được nhiều lần). ${names}`,
  baseline: 'tệp mốc để so sánh (mặc định: cạnh tệp câu hỏi)',
  updateBaseline: 'lấy kết quả lần này làm mốc mới và cho biết điều gì thay đổi',
  resume: 'chạy tiếp lần chấm bị ngắt giữa chừng',
  parallel: 'số câu hỏi được hỏi cùng lúc',
  draft: 'đề xuất câu hỏi mẫu từ tài liệu để bạn duyệt từng câu',
  out: 'tệp nhận các câu được giữ',
  all: 'giữ tất cả, không hỏi',
  fromFeedback: 'lấy từ góp ý của người dùng về các câu trả lời',
  wholeNumber: (least, most) => `Phải là số nguyên từ ${least} đến ${most}.`,
  unexpected: (cause) => `có lỗi ngoài dự kiến (${cause}); hãy chạy lại với --verbose và báo lại kết quả.`,
}

/** Texts for a locale such as `vi`, `vi_VN.UTF-8` or `en_US.UTF-8`; English for all others. */
export function helpTexts(locale: string): HelpTexts {
  return /^vi/i.test(locale) ? VIETNAMESE : ENGLISH
}
