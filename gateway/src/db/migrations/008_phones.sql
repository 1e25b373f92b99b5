-- Argentine numbers are kept with the 9 they have on WhatsApp, as the backend keeps them (src/contacts/phones.ts).
update gateway.contact as c
   set phone = '+549' || substr(c.phone, 4)
 where c.phone ~ '^\+54(11[0-9]{8}|[23][0-9]{9})$'
   and not exists (select from gateway.contact as other
                    where other.line_id = c.line_id and other.phone = '+549' || substr(c.phone, 4));
