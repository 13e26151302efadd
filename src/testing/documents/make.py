"""Makes the files of this folder out of texts of our own: LibreOffice (soffice), Chromium, iconv, Pillow and Python's zipfile.

They are test data, made once and kept; run this again only to add to them: python3 make.py
"""
import html
import io
import pathlib
import subprocess
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent
CHROMIUM = "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --no-pdf-header-footer".split()


def report(place, year, cases, chair):
    """Headline and sections of an invented report, long enough for several pages."""
    filler = [
        f"Trong năm {year}, lực lượng kiểm lâm {place} đã phối hợp với chính quyền các xã tổ chức tuyên truyền, vận động nhân dân ký cam kết bảo vệ rừng, không đốt nương làm rẫy trái phép, không mua bán lâm sản không rõ nguồn gốc.",
        "Các trạm kiểm soát lưu động duy trì tuần tra ngày đêm trên những tuyến đường trọng điểm, kịp thời phát hiện và ngăn chặn các đối tượng lợi dụng mùa khô để khai thác gỗ trái phép.",
        "Công tác trồng rừng thay thế được đẩy mạnh; nhiều hợp tác xã đã mạnh dạn chuyển sang trồng cây bản địa, kết hợp chăn nuôi dưới tán rừng, nâng cao thu nhập cho các hộ đồng bào dân tộc thiểu số.",
        "Bên cạnh kết quả đạt được, hội nghị cũng thẳng thắn chỉ ra những tồn tại: lực lượng còn mỏng, phương tiện cũ, việc phối hợp giữa các huyện giáp ranh có lúc chưa chặt chẽ.",
    ]
    return {
        "title": f"Hội nghị tổng kết công tác bảo vệ rừng tỉnh {place} năm {year}",
        "sections": [
            ("I. Tình hình chung", [f"Sáng 12/1/{year + 1}, Ủy ban nhân dân tỉnh {place} tổ chức Hội nghị tổng kết công tác bảo vệ rừng năm {year}. Ông {chair}, Phó Chủ tịch tỉnh, chủ trì hội nghị."] + filler),
            ("II. Kết quả đạt được", [f"Toàn tỉnh phát hiện và xử lý {cases} vụ vi phạm quy định về bảo vệ rừng, giảm 15,3% so với năm trước."] + filler + filler[::-1]),
            ("III. Phương hướng, nhiệm vụ", filler[::-1] + [f"Năm {year + 1}, tỉnh {place} phấn đấu trồng mới {cases * 7} ha rừng và nâng độ che phủ lên 52,5%."]),
        ],
    }


def body(doc, table=None, size=13, style=""):
    parts = [f"<h1>{html.escape(doc['title'])}</h1>"]
    for i, (heading, paragraphs) in enumerate(doc["sections"]):
        parts.append(f"<h2>{html.escape(heading)}</h2>")
        parts += [f"<p>{html.escape(text)}</p>" for text in paragraphs]
        if table and i == 1:
            rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table)
            parts.append(f"<table border=1>{rows}</table>")
    return f'<html><head><meta charset="utf-8"><style>body{{font-family:"DejaVu Serif";font-size:{size}pt}} h1{{font-size:20pt}} h2{{font-size:16pt}} {style}</style></head><body>{"".join(parts)}</body></html>'


def soffice(source, target, filter_name):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "in").mkdir()
        path = folder / "in" / f"{target.stem}{source[0]}"
        path.write_bytes(source[1])
        convert = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        if source[0] == ".html":
            convert.append("--infilter=HTML (StarWriter)")
        subprocess.run([*convert, "--convert-to", filter_name, "--outdir", str(folder), str(path)], check=True, capture_output=True)
        target.write_bytes((folder / target.name).read_bytes())


def from_html(name, markup, pdf_options=""):
    """HTML to ODT to the wanted format, so that styles survive."""
    target = HERE / name
    with tempfile.TemporaryDirectory() as folder:
        odt = pathlib.Path(folder) / f"{target.stem}.odt"
        soffice((".html", markup.encode()), odt, "odt")
        suffix = target.suffix[1:]
        wanted = {"pdf": f"pdf:writer_pdf_Export{pdf_options}", "docx": "docx:MS Word 2007 XML", "html": "html:HTML (StarWriter)"}[suffix]
        soffice((".odt", odt.read_bytes()), target, wanted)


def encoded(markup, charset):
    return subprocess.run(["iconv", "-f", "UTF-8", "-t", charset], input=markup.encode(), capture_output=True, check=True).stdout


def as_western(text, charset):
    """Text as it looks when codes of an old font are taken for Western letters."""
    return encoded(text, charset).decode("cp1252")


VNI_MARK = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "\u0302": "â", "\u0302\u0301": "á", "\u0302\u0300": "à", "\u0302\u0309": "å", "\u0302\u0303": "ã", "\u0323\u0302": "ä", "\u0306": "ê", "\u0306\u0301": "é", "\u0306\u0300": "è", "\u0306\u0309": "ú", "\u0306\u0303": "ü", "\u0323\u0306": "ë"}


def as_vni(text):
    import unicodedata
    whole = {"đ": "ñ", "Đ": "Ñ", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
    out = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        if letter in whole:
            out.append(whole[letter])
        elif len(parts) == 1:
            out.append(letter)
        else:
            base, marks = parts[0], parts[1:].replace("\u031b", "")
            if "\u031b" in parts:
                base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
            mark = VNI_MARK[marks] if marks else ""
            out.append(base + (mark.upper() if base.isupper() else mark))
    return "".join(out)


def recoded(doc, how):
    return {"title": how(doc["title"]), "sections": [(how(h), [how(p) for p in ps]) for h, ps in doc["sections"]]}


def lower_capitals(text):
    """Capitals with marks are in another font of this family; a report has few."""
    return "".join(c.lower() if not c.isascii() and c not in "ĂÂĐÊÔƠƯ" else c for c in text)


def site(doc, charset="utf-8"):
    menu = "".join(f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate(["Trang chủ", "Thời sự", "Pháp luật", "Kinh tế", "Thể thao", "Giải trí"]))
    related = "".join(f'<li><a href="/lien-quan-{i}">Tin liên quan số {i}: giá vàng hôm nay tăng mạnh phiên thứ {i}</a></li>' for i in range(8))
    text = "".join(f"<h2>{h}</h2>" + "".join(f"<p>{p}</p>" for p in ps) for h, ps in doc["sections"])
    return f"""<!doctype html><html lang="vi"><head><meta charset="{charset}"><title>{doc['title']} | Báo Rừng Xanh</title>
<meta property="og:title" content="{doc['title']}"><meta property="og:site_name" content="Báo Rừng Xanh">
<meta property="article:published_time" content="2023-01-12T17:05:00+07:00"><link rel="canonical" href="https://rungxanh.example/tong-ket-bao-ve-rung"></head>
<body><header><nav><ul>{menu}</ul></nav><form><input name="q"><button>Tìm kiếm</button></form></header>
<main><article><h1>{doc['title']}</h1><div class="time">12/01/2023 17:05</div><figure><img src="a.jpg"><figcaption>Quang cảnh hội nghị. Ảnh: Báo Rừng Xanh</figcaption></figure>{text}
<script>window.tracker = "không phải nội dung"</script></article></main>
<aside class="sidebar related"><h3>Đọc nhiều</h3><ul>{related}</ul></aside>
<section class="comments" id="comments"><h3>Bình luận</h3><p>Bạn đọc A: bài viết hay quá.</p></section>
<footer><p>© Báo Rừng Xanh. Liên hệ quảng cáo: 0900 000 000</p></footer></body></html>"""


def main():
    lam_son = report("Lâm Sơn", 2022, 214, "Nguyễn Văn Thông")
    table = [["Chỉ tiêu", "Năm 2021", "Năm 2022"], ["Số vụ phá rừng", "31", "19"], ["Số vụ vận chuyển lâm sản trái phép", "88", "71"]]
    running = "@page { size: 21cm 29.7cm; margin: 2cm }"

    from_html("bao-cao-nhieu-trang.pdf", body(lam_son, table, style=running))
    from_html("bao-cao-hai-cot.pdf", body(report("Hòa Bắc", 2021, 96, "Lê Quang Vinh"), size=11).replace("<h2>", '<div style="column-count:2"><h2>', 1).replace("</body>", "</div></body>"))
    from_html("bao-cao-khoa.pdf", body(report("An Khê Đông", 2020, 55, "Phan Thị Tâm")), ':{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"mat-khau"}}')
    from_html("bao-cao-chuan-luu-tru.pdf", body(report("Sơn Nguyên", 2019, 77, "Đinh Công Lý")), ':{"SelectPdfVersion":{"type":"long","value":"1"},"UseTaggedPDF":{"type":"boolean","value":"true"}}')
    from_html("font-tcvn3.pdf", body(recoded(report("Tây Khê", 2004, 41, "Trần Hữu Lộc"), lambda t: as_western(lower_capitals(t), "TCVN"))))
    from_html("font-vni.pdf", body(recoded(report("Đông Lĩnh", 2003, 38, "Hồ Sỹ Quý"), as_vni)))

    from_html("bao-cao-de-muc.docx", body(report("Bình Sơn", 2023, 123, "Võ Thị Hạnh")))
    from_html("bao-cao-bang.docx", body(report("Quảng Lâm", 2022, 64, "Bùi Đức Toàn"), table))
    from_html("font-tcvn3.docx", body(recoded(report("Nam Khê", 2005, 29, "Đỗ Văn Ngọc"), lambda t: as_western(lower_capitals(t), "TCVN"))))
    from_html("font-vni.docx", body(recoded(report("Thượng Lĩnh", 2002, 36, "Mai Xuân Hòa"), as_vni)))
    mixed = report("Trung Khê", 2006, 58, "Cao Thị Yến")
    mixed["sections"][1] = tuple([as_western(lower_capitals(mixed["sections"][1][0]), "TCVN"), [as_western(lower_capitals(p), "TCVN") for p in mixed["sections"][1][1]]])
    from_html("font-lan-lon.docx", body(mixed))

    from_html("soan-trong-van-phong.html", body(report("Phú Lâm", 2018, 83, "Tạ Quốc Khánh")))
    (HERE / "tin-bai.html").write_text(site(lam_son))
    (HERE / "tin-bai-utf16.html").write_bytes(b"\xff\xfe" + site(report("Kim Sơn", 2017, 47, "Lý Thị Mơ"), "utf-16").encode("utf-16-le"))
    import unicodedata
    western = lambda text: subprocess.run(["iconv", "-f", "UTF-8", "-t", "CP1258//TRANSLIT"], input=text.encode(), capture_output=True, check=True).stdout
    (HERE / "tin-bai-1258.htm").write_bytes(western(site(report("Long Khánh Sơn", 2009, 52, "Ngô Bá Thành"), "windows-1258")))
    (HERE / "tin-bai-tcvn3.html").write_bytes(encoded(lower_capitals(site(report("Bắc Khê", 2001, 33, "Vũ Đình Phong"), "x-user-defined")).replace("©", ""), "TCVN"))
    (HERE / "chi-co-menu.html").write_text('<html><body><nav><ul>' + "".join(f'<li><a href="/{i}">Mục {i}</a></li>' for i in range(12)) + "</ul></nav></body></html>")

    plain = "\n\n".join([lam_son["title"]] + [line for h, ps in report("Cẩm Sơn", 2008, 61, "Hà Văn Kiên")["sections"] for line in [h, *ps]])
    (HERE / "van-ban-tcvn3.txt").write_bytes(encoded(lower_capitals(plain), "TCVN"))
    (HERE / "van-ban-vni.txt").write_bytes(as_vni(plain).encode("cp1252"))
    (HERE / "van-ban-1258.txt").write_bytes(western(plain))
    (HERE / "van-ban-utf16.txt").write_bytes(b"\xff\xfe" + plain.encode("utf-16-le"))
    (HERE / "van-ban-viscii.txt").write_bytes(encoded(plain, "VISCII"))
    (HERE / "van-ban-vo-chu.txt").write_text(plain.encode().decode("cp1252", "replace"))

    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        page.write_text(site(report("Thanh Lâm", 2021, 109, "Đặng Minh Châu")))
        subprocess.run([*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={HERE / 'in-tu-trinh-duyet.pdf'}", str(page)], check=True, capture_output=True)

    from PIL import Image, ImageDraw
    scans = []
    for number in (1, 2):
        image = Image.new("L", (827, 1169), 255)
        ImageDraw.Draw(image).text((90, 120), f"Ban chup trang {number}", fill=0)
        scans.append(image)
    scans[0].save(HERE / "ban-chup.pdf", save_all=True, append_images=scans[1:])

    whole = (HERE / "bao-cao-nhieu-trang.pdf").read_bytes()
    (HERE / "dut-giua-chung.pdf").write_bytes(whole[: len(whole) // 2])
    (HERE / "khong-phai.pdf").write_text("<html><body>Trang lỗi 404</body></html>")
    (HERE / "rong.pdf").write_bytes(b"")
    docx = (HERE / "bao-cao-de-muc.docx").read_bytes()
    (HERE / "dut-giua-chung.docx").write_bytes(docx[: len(docx) // 2])
    (HERE / "khong-phai.docx").write_text("không phải DOCX")
    (HERE / "co-mat-khau.docx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as container:
        container.writestr("anh/1.txt", "một kho nén khác")
    (HERE / "kho-nen-khac.docx").write_bytes(other.getvalue())


main()
